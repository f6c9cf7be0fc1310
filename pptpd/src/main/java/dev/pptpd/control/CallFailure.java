package dev.pptpd.control;

/**
 * Why a call that this end placed was never connected.
 *
 * @param resultCode of the reply, 0 where there was none
 * @param errorCode of the reply, of meaning with {@link Kind#GENERAL_ERROR}; see {@link
 *     GeneralError}
 * @param causeCode of the reply, such as a Q.931 cause; 0 where there was none
 * @param detail what else is known of it, as the reason in a Call-Disconnect-Notify; may be empty
 */
public record CallFailure(Kind kind, int resultCode, int errorCode, int causeCode, String detail) {
    /** The kinds of failure; those of a reply are named as in RFC 2637 section 2.8. */
    public enum Kind {
        /** The reply says why by its error code. */
        GENERAL_ERROR("general error"),
        NO_CARRIER("no carrier"),
        /** No address or no call is left. */
        BUSY("busy"),
        NO_DIAL_TONE("no dial tone"),
        TIME_OUT("time-out at the peer"),
        NOT_ACCEPTED("not accepted"),
        /** The reply has a result code that no RFC lists. */
        UNKNOWN_RESULT("unknown result"),
        /** The reply did not come in time; the connection is stopped. */
        REPLY_MISSING("no reply"),
        /** This end disconnected the call before it was connected. */
        ABORTED("aborted"),
        /** The peer disconnected the call before it was connected. */
        DISCONNECTED_BY_PEER("disconnected by the peer"),
        /** The control connection is not started, or ended before the reply came. */
        NOT_CONNECTED("no control connection"),
        /** This connection has as many calls as it may have; the peer was not asked. */
        LIMIT_REACHED("too many calls on this connection");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    static CallFailure of(Kind kind) {
        return new CallFailure(kind, 0, 0, 0, "");
    }

    /** What the end of a call is for one that was not connected yet. */
    static CallFailure of(CallEnd end, String detail) {
        Kind kind =
                switch (end) {
                    case DISCONNECTED -> Kind.ABORTED;
                    case CLEARED_BY_PEER, DISCONNECTED_BY_PEER -> Kind.DISCONNECTED_BY_PEER;
                    case STOPPED_BY_PEER,
                            STOPPED,
                            TRANSPORT_CLOSED,
                            PEER_SILENT,
                            PROTOCOL_ERROR,
                            WITHDRAWN ->
                            Kind.NOT_CONNECTED;
                };
        return new CallFailure(kind, 0, 0, 0, detail);
    }

    /** What a reply says that does not grant the call. */
    static CallFailure of(CallReply reply) {
        return switch (reply) {
            case OutgoingCallReply outgoing ->
                    new CallFailure(
                            ofOutgoing(outgoing.resultCode()),
                            outgoing.resultCode(),
                            outgoing.errorCode(),
                            outgoing.causeCode(),
                            "");
            case IncomingCallReply incoming ->
                    new CallFailure(
                            ofIncoming(incoming.resultCode()),
                            incoming.resultCode(),
                            incoming.errorCode(),
                            0,
                            "");
        };
    }

    private static Kind ofOutgoing(int resultCode) {
        return OutgoingCallResult.of(resultCode)
                .map(result ->
                        switch (result) {
                            case GENERAL_ERROR -> Kind.GENERAL_ERROR;
                            case NO_CARRIER -> Kind.NO_CARRIER;
                            case BUSY -> Kind.BUSY;
                            case NO_DIAL_TONE -> Kind.NO_DIAL_TONE;
                            case TIME_OUT -> Kind.TIME_OUT;
                            case DO_NOT_ACCEPT -> Kind.NOT_ACCEPTED;
                            case CONNECTED -> Kind.UNKNOWN_RESULT;
                        })
                .orElse(Kind.UNKNOWN_RESULT);
    }

    private static Kind ofIncoming(int resultCode) {
        return IncomingCallResult.of(resultCode)
                .map(result ->
                        switch (result) {
                            case GENERAL_ERROR -> Kind.GENERAL_ERROR;
                            case DO_NOT_ACCEPT -> Kind.NOT_ACCEPTED;
                            case CONNECT -> Kind.UNKNOWN_RESULT;
                        })
                .orElse(Kind.UNKNOWN_RESULT);
    }

    /** A phrase for the operator. */
    @Override
    public String toString() {
        String phrase =
                switch (kind) {
                    case GENERAL_ERROR -> GeneralError.phrase(errorCode);
                    case UNKNOWN_RESULT -> kind.words + " " + resultCode + ", error " + errorCode;
                    case NO_CARRIER,
                            BUSY,
                            NO_DIAL_TONE,
                            TIME_OUT,
                            NOT_ACCEPTED,
                            REPLY_MISSING,
                            ABORTED,
                            DISCONNECTED_BY_PEER,
                            NOT_CONNECTED,
                            LIMIT_REACHED ->
                            kind.words;
                };
        String withCause = causeCode == 0 ? phrase : phrase + ", cause " + causeCode;
        return detail.isEmpty() ? withCause : withCause + " (" + detail + ")";
    }
}
