package dev.pptpd.control;

/** What the server's end says: each message it sends, filled in from the settings. */
final class ServerMessages {
    // Specification, RFC 2637 section 2.1
    static final int PROTOCOL_VERSION = 0x0100;
    private static final int ASYNCHRONOUS_AND_SYNCHRONOUS_FRAMING = 3;
    private static final int ANALOG_AND_DIGITAL_BEARER = 3;

    private static final int NO_ERROR = GeneralError.NONE.wireNumber();

    private final ControlConnectionSettings settings;

    ServerMessages(ControlConnectionSettings settings) {
        this.settings = settings;
    }

    ControlMessage startReply(StartControlConnectionResult result) {
        return new StartControlConnectionReply(
                PROTOCOL_VERSION,
                result.wireNumber(),
                NO_ERROR,
                ASYNCHRONOUS_AND_SYNCHRONOUS_FRAMING,
                ANALOG_AND_DIGITAL_BEARER,
                settings.maximumCalls(),
                settings.firmwareRevision(),
                settings.hostName(),
                settings.vendorName());
    }

    ControlMessage stopReply() {
        return new StopControlConnectionReply(
                StopControlConnectionResult.CLOSED.wireNumber(), NO_ERROR);
    }

    ControlMessage echoReply(EchoRequest request) {
        return new EchoReply(request.identifier(), EchoResult.VALID.wireNumber(), NO_ERROR);
    }

    /** No line limits the speed, so the peer's maximum comes back, as from PoPToP. */
    ControlMessage callConnected(OutgoingCallRequest request, int callId) {
        return new OutgoingCallReply(
                callId,
                request.callId(),
                OutgoingCallResult.CONNECTED.wireNumber(),
                NO_ERROR,
                0,
                request.maximumBps(),
                settings.packetReceiveWindowSize(),
                0,
                0);
    }

    ControlMessage callRefused(
            OutgoingCallRequest request, OutgoingCallResult result, GeneralError error) {
        return new OutgoingCallReply(
                0, request.callId(), result.wireNumber(), error.wireNumber(), 0, 0, 0, 0, 0);
    }

    ControlMessage incomingCallRefused(IncomingCallRequest request) {
        return new IncomingCallReply(
                0, request.callId(), IncomingCallResult.DO_NOT_ACCEPT.wireNumber(), NO_ERROR, 0, 0);
    }

    ControlMessage callDisconnected(int callId, CallDisconnectResult result) {
        return new CallDisconnectNotify(callId, result.wireNumber(), NO_ERROR, 0, TextField.EMPTY);
    }
}
