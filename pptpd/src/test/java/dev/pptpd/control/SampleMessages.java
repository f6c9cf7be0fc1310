package dev.pptpd.control;

import java.util.List;

/** One message of each type with a different value in every field, and those a session needs. */
final class SampleMessages {
    private static final TextField NAME = TextField.of("local");
    private static final TextField VENDOR = TextField.of("Microsoft Windows NT");

    static final StartControlConnectionRequest START =
            new StartControlConnectionRequest(0x0100, 1, 2, 3, 2600, NAME, VENDOR);
    static final OutgoingCallRequest CALL = outgoingCall(7);
    static final CallClearRequest CLEAR = new CallClearRequest(7);

    private SampleMessages() {}

    static OutgoingCallRequest outgoingCall(int callId) {
        return new OutgoingCallRequest(
                callId,
                11,
                300,
                0x8000_0000L,
                3,
                2,
                64,
                9,
                TextField.of("5551234"),
                Subaddress.of(new byte[] {1, 2, -3, 0, 5}));
    }

    /** In the order of their numbers. */
    static List<ControlMessage> oneOfEach() {
        return List.of(
                START,
                new StartControlConnectionReply(0x0100, 1, 2, 3, 4, 5, 6, NAME, VENDOR),
                new StopControlConnectionRequest(3),
                new StopControlConnectionReply(1, 2),
                new EchoRequest(0xFFFF_FFFFL),
                new EchoReply(0xFEDC_BA98L, 1, 2),
                CALL,
                new OutgoingCallReply(1, 65535, 3, 4, 5, 6, 7, 8, 9),
                new IncomingCallRequest(
                        1,
                        2,
                        3,
                        4,
                        TextField.of("12"),
                        TextField.of("345"),
                        Subaddress.of(new byte[64])),
                new IncomingCallReply(1, 2, 3, 4, 5, 6),
                new IncomingCallConnected(1, 2, 3, 4, 5),
                CLEAR,
                new CallDisconnectNotify(7, 2, 3, 4, TextField.of("octets in 1, out 2")),
                new WanErrorNotify(1, new WanErrorCounters(2, 3, 4, 5, 6, 0xFFFF_FFFFL)),
                new SetLinkInfo(4711, 0xFFFF_FFFFL, 0));
    }

    /**
     * In the order of their numbers, all of them meaning one call as far as they can.
     *
     * @param ours the call id of the receiver
     * @param theirs that of the sender
     */
    static List<ControlMessage> oneOfEachFor(int ours, int theirs) {
        return List.of(
                START,
                new StartControlConnectionReply(0x0100, 1, 0, 3, 3, 1, 1, NAME, VENDOR),
                new StopControlConnectionRequest(1),
                new StopControlConnectionReply(1, 0),
                new EchoRequest(1),
                new EchoReply(1, 1, 0),
                outgoingCall(theirs),
                new OutgoingCallReply(theirs, ours, 1, 0, 0, 1, 64, 0, 0),
                IncomingCallRequest.of(theirs, 1),
                new IncomingCallReply(theirs, ours, 1, 0, 64, 0),
                new IncomingCallConnected(ours, 64_000, 8, 1, 2),
                new CallClearRequest(theirs),
                new CallDisconnectNotify(theirs, 1, 0, 0, TextField.EMPTY),
                new WanErrorNotify(ours, new WanErrorCounters(1, 2, 3, 4, 5, 6)),
                new SetLinkInfo(ours, 1, 2));
    }
}
