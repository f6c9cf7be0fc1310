package dev.pptpd.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Every state of either end with every message, compared with files that a person has read. */
final class ControlConnectionTableTest {
    private static final int OURS = ConnectionRig.FIRST_CALL_ID;
    private static final int PLACED = 501;

    /** An acceptor is called, and an originator calls: each has the one call it may have. */
    private static final OutgoingCallRequest THEIR_CALL = SampleMessages.outgoingCall(7);

    private static final OutgoingCallRequest OUR_CALL = OutgoingCallRequest.of(PLACED, 1, 64);

    private static final StartControlConnectionReply GRANTED =
            new StartControlConnectionReply(
                    0x0100, 1, 0, 3, 3, 1, 1, TextField.EMPTY, TextField.EMPTY);
    private static final OutgoingCallReply CONNECTED =
            new OutgoingCallReply(7, PLACED, 1, 0, 0, 1, 64, 0, 0);

    @Test
    void anAcceptorAnswersEveryMessageInEveryStateAsApprovedV06A08() throws IOException {
        ApprovedText.assertApproved("acceptor-table.txt", table(acceptorStates(), OURS));
    }

    @Test
    void anOriginatorAnswersEveryMessageInEveryStateAsApprovedV06A08() throws IOException {
        ApprovedText.assertApproved("originator-table.txt", table(originatorStates(), PLACED));
    }

    private static Map<String, Supplier<ConnectionRig>> acceptorStates() {
        var states = new LinkedHashMap<String, Supplier<ConnectionRig>>();
        states.put("AWAITING_START", () -> ConnectionRig.granting(1));
        states.put("ESTABLISHED, no call", () -> granting(SampleMessages.START));
        states.put("ESTABLISHED, call requested", ControlConnectionTableTest::hesitating);
        states.put("ESTABLISHED, one call", () -> granting(SampleMessages.START, THEIR_CALL));
        states.put(
                "AWAITING_STOP_REPLY", () -> stopping(granting(SampleMessages.START, THEIR_CALL)));
        states.put("CLOSED", () -> granting(new StopControlConnectionRequest(1)));
        return states;
    }

    private static Map<String, Supplier<ConnectionRig>> originatorStates() {
        var states = new LinkedHashMap<String, Supplier<ConnectionRig>>();
        states.put("AWAITING_START_REPLY", () -> ConnectionRig.calling(1));
        states.put("ESTABLISHED, no call", () -> calling(GRANTED));
        states.put("ESTABLISHED, call placed", ControlConnectionTableTest::placing);
        states.put("ESTABLISHED, one call", ControlConnectionTableTest::connected);
        states.put("AWAITING_STOP_REPLY", () -> stopping(connected()));
        states.put("CLOSED", () -> calling(new StopControlConnectionRequest(1)));
        return states;
    }

    private static ConnectionRig granting(ControlMessage... messages) {
        var rig = ConnectionRig.granting(1);
        rig.receive(messages);
        return rig;
    }

    private static ConnectionRig hesitating() {
        var rig = ConnectionRig.hesitating(1);
        rig.receive(SampleMessages.START, THEIR_CALL);
        return rig;
    }

    private static ConnectionRig calling(ControlMessage... messages) {
        var rig = ConnectionRig.calling(1);
        rig.receive(messages);
        return rig;
    }

    private static ConnectionRig placing() {
        var rig = calling(GRANTED);
        rig.place(OUR_CALL);
        return rig;
    }

    private static ConnectionRig connected() {
        var rig = placing();
        rig.receive(CONNECTED);
        return rig;
    }

    private static ConnectionRig stopping(ConnectionRig rig) {
        rig.stop(StopControlConnectionReason.LOCAL_SHUTDOWN);
        return rig;
    }

    private static String table(Map<String, Supplier<ConnectionRig>> states, int ours) {
        var table = new StringBuilder();
        states.forEach((name, state) -> {
            table.append(name).append('\n');
            for (var message : messages(ours)) {
                var octets = ControlMessageEncoder.encode(message);
                append(table, message.type().name(), state.get(), octets);
            }
            var unknown = ControlMessageDecoderTest.header(12, 1, 0x1A2B3C4D, 16);
            append(table, "(unknown type)", state.get(), unknown);
            append(table, "(malformed)", state.get(), ByteBuffer.allocate(2));
        });
        return table.toString();
    }

    private static void append(
            StringBuilder table, String event, ConnectionRig rig, ByteBuffer octets) {
        var actions = rig.receive(octets);
        table.append(
                "    %-32s -> %-20s %s%n"
                        .formatted(event, rig.connection.state(), ShownActions.of(actions)));
    }

    /** One of each type, with the call ids that mean the one call there may be. */
    private static List<ControlMessage> messages(int ours) {
        return SampleMessages.oneOfEachFor(ours, 7);
    }
}
