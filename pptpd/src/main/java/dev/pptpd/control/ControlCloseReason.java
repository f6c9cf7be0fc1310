package dev.pptpd.control;

/** Why a control connection is closed. */
public enum ControlCloseReason {
    /** A Stop-Control-Connection-Request came and was answered. */
    STOPPED_BY_PEER(CallEnd.STOPPED_BY_PEER),
    /** This end asked for the stop; the reply came or its time ran out. */
    STOPPED(CallEnd.STOPPED),
    /** TCP was closed by the peer, or broke. */
    TRANSPORT_CLOSED(CallEnd.TRANSPORT_CLOSED),
    /** No Start-Control-Connection-Request in time. */
    START_REQUEST_MISSING(CallEnd.PEER_SILENT),
    /** No Start-Control-Connection-Reply in time. */
    START_REPLY_MISSING(CallEnd.PEER_SILENT),
    /** The Start-Control-Connection-Reply does not grant the connection. */
    START_REFUSED(CallEnd.PROTOCOL_ERROR),
    /** No Outgoing-Call-Reply or Incoming-Call-Reply in time. */
    CALL_REPLY_MISSING(CallEnd.STOPPED),
    /** No Incoming-Call-Connected in time. */
    CALL_CONNECTED_MISSING(CallEnd.STOPPED),
    /** No call was asked for in time, or none after the last one ended. */
    CALL_REQUEST_MISSING(CallEnd.STOPPED),
    /** No Echo-Reply in time. */
    ECHO_REPLY_MISSING(CallEnd.PEER_SILENT),
    /** The peer speaks another protocol version and was told so, or told us so. */
    PROTOCOL_VERSION_NOT_SUPPORTED(CallEnd.PROTOCOL_ERROR),
    /** More messages of unknown types than are put up with. */
    TOO_MANY_UNKNOWN_MESSAGES(CallEnd.PROTOCOL_ERROR),
    /** {@link ControlFault#LENGTH_BELOW_MINIMUM}. */
    LENGTH_BELOW_MINIMUM(CallEnd.PROTOCOL_ERROR),
    /** {@link ControlFault#LENGTH_ABOVE_MAXIMUM}. */
    LENGTH_ABOVE_MAXIMUM(CallEnd.PROTOCOL_ERROR),
    /** {@link ControlFault#LENGTH_WRONG_FOR_TYPE}. */
    LENGTH_WRONG_FOR_TYPE(CallEnd.PROTOCOL_ERROR),
    /** {@link ControlFault#NOT_A_CONTROL_MESSAGE}. */
    NOT_A_CONTROL_MESSAGE(CallEnd.PROTOCOL_ERROR),
    /** {@link ControlFault#BAD_MAGIC_COOKIE}. */
    BAD_MAGIC_COOKIE(CallEnd.PROTOCOL_ERROR);

    private final CallEnd callEnd;

    ControlCloseReason(CallEnd callEnd) {
        this.callEnd = callEnd;
    }

    /** What this means for the calls that were still up. */
    public CallEnd callEnd() {
        return callEnd;
    }

    static ControlCloseReason of(ControlFault fault) {
        return switch (fault) {
            case LENGTH_BELOW_MINIMUM -> LENGTH_BELOW_MINIMUM;
            case LENGTH_ABOVE_MAXIMUM -> LENGTH_ABOVE_MAXIMUM;
            case LENGTH_WRONG_FOR_TYPE -> LENGTH_WRONG_FOR_TYPE;
            case NOT_A_CONTROL_MESSAGE -> NOT_A_CONTROL_MESSAGE;
            case BAD_MAGIC_COOKIE -> BAD_MAGIC_COOKIE;
        };
    }
}
