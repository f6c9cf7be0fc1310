package dev.pptpd.ppp.link;

/**
 * Why a link ended.
 *
 * @param cause the kind
 * @param detail one printable phrase for the log; never a secret
 */
public record LinkEnd(Cause cause, String detail) {
    /** The kinds of end. */
    public enum Cause {
        /** The peer sent an LCP Terminate-Request. */
        PEER_TERMINATED,
        /** No answer to our LCP requests. */
        NO_ANSWER,
        /** The peer answers no longer. */
        PEER_DEAD,
        /** LCP or IPCP could not agree. */
        NEGOTIATION_FAILED,
        /** The peer could not log in at our side, or we not at the peer's. */
        AUTHENTICATION_FAILED,
        /** The server let us in without showing that it knows the password itself. */
        PEER_NOT_PROVEN,
        /** MPPE is required and was not agreed, or was given up. */
        ENCRYPTION_FAILED,
        /** The server has no address for us. */
        ADDRESS_FAILED,
        /** Our side wanted it. */
        LOCAL
    }

    /**
     * What a Terminate-Request tells the peer of it. Not which part of a login was wrong: that
     * would help to guess.
     */
    String told() {
        return switch (cause) {
            case AUTHENTICATION_FAILED -> "Authentication failed";
            case PEER_DEAD -> "Peer not responding";
            case PEER_TERMINATED -> "";
            case LOCAL -> detail.replace('-', ' ');
            case NO_ANSWER,
                    NEGOTIATION_FAILED,
                    PEER_NOT_PROVEN,
                    ENCRYPTION_FAILED,
                    ADDRESS_FAILED ->
                    detail;
        };
    }
}
