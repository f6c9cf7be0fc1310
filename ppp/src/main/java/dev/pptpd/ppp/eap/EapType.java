package dev.pptpd.ppp.eap;

/**
 * The Type octet of Requests and Responses: an open set.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc3748#section-5 RFC 3748 section 5
 */
final class EapType {
    /** In a Nak: there is nothing that the peer would rather do. */
    static final int NONE = 0;

    static final int IDENTITY = 1;
    static final int NOTIFICATION = 2;
    static final int NAK = 3;
    static final int EXPANDED = 254;

    private EapType() {}

    /** The name of a type, for a log. */
    static String describe(int type) {
        return switch (type) {
            case 4 -> "MD5-Challenge";
            case 5 -> "one-time password";
            case 6 -> "token card";
            case 13 -> "TLS";
            case 21 -> "TTLS";
            case 25 -> "PEAP";
            case 26 -> "MSCHAPv2";
            case EXPANDED -> "an expanded type";
            default -> "type " + type;
        };
    }
}
