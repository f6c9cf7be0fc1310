package dev.pptpd.relay;

/** Why a relayed connection is over. */
public enum RelayEnd {
    /** The client closed its TCP connection. */
    CLIENT_CLOSED("client-closed"),
    /** The server closed its TCP connection. */
    SERVER_CLOSED("server-closed"),
    /** The client sent what is no PPTP message. */
    CLIENT_MALFORMED("client-malformed"),
    /** The server sent what is no PPTP message. */
    SERVER_MALFORMED("server-malformed"),
    /** The client did not begin with Start-Control-Connection-Request. */
    NOT_STARTED("no-start-request"),
    /** The client's first message did not come in time. */
    FIRST_MESSAGE_TIMEOUT("first-message-timeout"),
    /** There is no TCP connection to the server to be had. */
    SERVER_UNREACHABLE("server-unreachable"),
    /** One end does not read what it is sent. */
    NOT_READING("not-reading"),
    /** The relay is shut down. */
    SHUTDOWN("shutdown"),
    /** A mistake of ours, see the log. */
    INTERNAL_ERROR("internal-error");

    private final String word;

    RelayEnd(String word) {
        this.word = word;
    }

    /** How logs call it. */
    public String word() {
        return word;
    }

    /** The end of TCP at this side. */
    public static RelayEnd closedBy(RelaySide side) {
        return switch (side) {
            case CLIENT -> CLIENT_CLOSED;
            case SERVER -> SERVER_CLOSED;
        };
    }

    static RelayEnd malformedBy(RelaySide side) {
        return switch (side) {
            case CLIENT -> CLIENT_MALFORMED;
            case SERVER -> SERVER_MALFORMED;
        };
    }
}
