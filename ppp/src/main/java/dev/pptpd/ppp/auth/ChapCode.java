package dev.pptpd.ppp.auth;

/**
 * The Code octet of CHAP packets. What is none of these is dropped.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc1994#section-4 RFC 1994 section 4
 */
final class ChapCode {
    static final int CHALLENGE = 1;
    static final int RESPONSE = 2;
    static final int SUCCESS = 3;
    static final int FAILURE = 4;

    /** Of MS-CHAPv1, version 2: RFC 2433 section 10. The one before it gives the new hash away. */
    static final int CHANGE_PASSWORD_OF_V1 = 6;

    /** Of MS-CHAPv2, RFC 2759 section 7. */
    static final int CHANGE_PASSWORD = 7;

    private ChapCode() {}

    /** Whether it is said by the end that logs in. */
    static boolean isOfClient(int code) {
        return code == RESPONSE || code == CHANGE_PASSWORD || code == CHANGE_PASSWORD_OF_V1;
    }
}
