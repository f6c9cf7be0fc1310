package dev.pptpd.control;

/** What this end says: each message it sends, filled in from the settings. */
final class OwnMessages {
    // Specification, RFC 2637 section 2.1
    static final int PROTOCOL_VERSION = 0x0100;
    private static final int ASYNCHRONOUS_AND_SYNCHRONOUS = 3;
    private static final int ANALOG_AND_DIGITAL = 3;
    private static final int SYNCHRONOUS = 2;

    /** Of calls that go over no line: what every client asks for at most. */
    static final long CONNECT_SPEED_BPS = 100_000_000;

    private static final int NO_ERROR = GeneralError.NONE.wireNumber();

    private final ControlConnectionSettings settings;

    OwnMessages(ControlConnectionSettings settings) {
        this.settings = settings;
    }

    /** Maximum channels is 0, since it is not known yet whether this end will be a PAC. */
    ControlMessage startRequest() {
        return new StartControlConnectionRequest(
                PROTOCOL_VERSION,
                ASYNCHRONOUS_AND_SYNCHRONOUS,
                ANALOG_AND_DIGITAL,
                0,
                settings.firmwareRevision(),
                settings.hostName(),
                settings.vendorName());
    }

    ControlMessage startReply(StartControlConnectionResult result) {
        return new StartControlConnectionReply(
                PROTOCOL_VERSION,
                result.wireNumber(),
                NO_ERROR,
                ASYNCHRONOUS_AND_SYNCHRONOUS,
                ANALOG_AND_DIGITAL,
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

    /**
     * Grants a request. No line limits the speed of an outgoing call, so the peer's maximum comes
     * back, as from PoPToP.
     */
    ControlMessage callGranted(CallRequest request, int callId) {
        return switch (request) {
            case OutgoingCallRequest outgoing ->
                    new OutgoingCallReply(
                            callId,
                            outgoing.callId(),
                            OutgoingCallResult.CONNECTED.wireNumber(),
                            NO_ERROR,
                            0,
                            outgoing.maximumBps(),
                            settings.packetReceiveWindowSize(),
                            0,
                            0);
            case IncomingCallRequest incoming ->
                    new IncomingCallReply(
                            callId,
                            incoming.callId(),
                            IncomingCallResult.CONNECT.wireNumber(),
                            NO_ERROR,
                            settings.packetReceiveWindowSize(),
                            0);
        };
    }

    /** Turns a request down; an Incoming-Call-Reply has only two of the results. */
    ControlMessage callRefused(CallRequest request, OutgoingCallResult result, GeneralError error) {
        return switch (request) {
            case OutgoingCallRequest outgoing ->
                    new OutgoingCallReply(
                            0,
                            outgoing.callId(),
                            result.wireNumber(),
                            error.wireNumber(),
                            0,
                            0,
                            0,
                            0,
                            0);
            case IncomingCallRequest incoming ->
                    new IncomingCallReply(
                            0,
                            incoming.callId(),
                            incomingResult(result).wireNumber(),
                            error.wireNumber(),
                            0,
                            0);
        };
    }

    private static IncomingCallResult incomingResult(OutgoingCallResult result) {
        return switch (result) {
            case CONNECTED -> IncomingCallResult.CONNECT;
            case GENERAL_ERROR -> IncomingCallResult.GENERAL_ERROR;
            case NO_CARRIER, BUSY, NO_DIAL_TONE, TIME_OUT, DO_NOT_ACCEPT ->
                    IncomingCallResult.DO_NOT_ACCEPT;
        };
    }

    ControlMessage incomingCallConnected(int peerCallId) {
        return new IncomingCallConnected(
                peerCallId, CONNECT_SPEED_BPS, settings.packetReceiveWindowSize(), 0, SYNCHRONOUS);
    }

    ControlMessage callDisconnected(int callId, CallDisconnectResult result, GeneralError error) {
        return new CallDisconnectNotify(
                callId, result.wireNumber(), error.wireNumber(), 0, TextField.EMPTY);
    }
}
