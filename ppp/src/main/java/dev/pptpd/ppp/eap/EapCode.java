package dev.pptpd.ppp.eap;

/**
 * The Code octet of EAP packets. What is none of these is dropped.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc3748#section-4 RFC 3748 section 4
 */
final class EapCode {
    static final int REQUEST = 1;
    static final int RESPONSE = 2;
    static final int SUCCESS = 3;
    static final int FAILURE = 4;

    private EapCode() {}
}
