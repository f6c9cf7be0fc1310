package dev.pptpd.ppp.packet;

/**
 * The Code octet of control packets. An open set: peers send others, which are Code-Rejected.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc1661#section-5 RFC 1661 section 5
 * @spec https://www.rfc-editor.org/rfc/rfc1570#section-2 RFC 1570 section 2
 */
public final class Code {
    public static final int CONFIGURE_REQUEST = 1;
    public static final int CONFIGURE_ACK = 2;
    public static final int CONFIGURE_NAK = 3;
    public static final int CONFIGURE_REJECT = 4;
    public static final int TERMINATE_REQUEST = 5;
    public static final int TERMINATE_ACK = 6;
    public static final int CODE_REJECT = 7;
    public static final int PROTOCOL_REJECT = 8;
    public static final int ECHO_REQUEST = 9;
    public static final int ECHO_REPLY = 10;
    public static final int DISCARD_REQUEST = 11;
    public static final int IDENTIFICATION = 12;
    public static final int TIME_REMAINING = 13;

    /** CCP only, RFC 1962. */
    public static final int RESET_REQUEST = 14;

    /** CCP only, RFC 1962. */
    public static final int RESET_ACK = 15;

    private Code() {}
}
