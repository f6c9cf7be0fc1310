package dev.pptpd.session;

import dev.pptpd.ppp.link.LinkEnd;

/**
 * Why a session ended: one for each, for log, hook and metric.
 *
 * @param kind the word in the log
 * @param detail a phrase for the operator, possibly empty; never a secret
 */
public record CloseReason(Kind kind, String detail) {
    /** The kinds of end. */
    public enum Kind {
        PEER_TERMINATED("peer-terminated"),
        PEER_CLEARED_CALL("call-cleared"),
        PEER_STOPPED("control-connection-stopped"),
        TCP_CLOSED("tcp-closed"),
        CONTROL_TIMEOUT("control-timeout"),
        CONTROL_PROTOCOL_ERROR("control-protocol-error"),
        NO_ANSWER("no-answer"),
        ECHO_TIMEOUT("echo-timeout"),
        NEGOTIATION_FAILED("negotiation-failed"),
        AUTHENTICATION_FAILED("authentication-failed"),
        PEER_NOT_PROVEN("peer-not-proven"),
        ENCRYPTION_FAILED("encryption-failed"),
        ADDRESS_FAILED("address-failed"),
        ADDRESS_REFUSED("address-refused"),
        DEVICE_FAILED("device-failed"),
        IDLE("idle"),
        MAX_CONNECT("maxconnect"),
        MAX_OCTETS("maxoctets"),
        OVERLOADED("overloaded"),
        INTERNAL_ERROR("internal-error"),
        SHUTDOWN("shutdown");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** As it stands in the log behind {@code reason=}. */
        public String word() {
            return word;
        }
    }

    /** A reason that needs no further words. */
    public static CloseReason of(Kind kind) {
        return new CloseReason(kind, "");
    }

    /** The reason of a link that ended by itself. */
    public static CloseReason of(LinkEnd end) {
        Kind kind =
                switch (end.cause()) {
                    case PEER_TERMINATED -> Kind.PEER_TERMINATED;
                    case NO_ANSWER -> Kind.NO_ANSWER;
                    case PEER_DEAD -> Kind.ECHO_TIMEOUT;
                    case NEGOTIATION_FAILED -> Kind.NEGOTIATION_FAILED;
                    case AUTHENTICATION_FAILED -> Kind.AUTHENTICATION_FAILED;
                    case PEER_NOT_PROVEN -> Kind.PEER_NOT_PROVEN;
                    case ENCRYPTION_FAILED -> Kind.ENCRYPTION_FAILED;
                    case ADDRESS_FAILED -> Kind.ADDRESS_FAILED;
                    case LOCAL -> Kind.SHUTDOWN;
                };
        return new CloseReason(kind, end.detail());
    }
}
