package dev.pptpd.ppp.auth;

/**
 * The Code octet of PAP packets. What is none of these is dropped.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc1334#section-2.2 RFC 1334 section 2.2
 */
final class PapCode {
    static final int AUTHENTICATE_REQUEST = 1;
    static final int AUTHENTICATE_ACK = 2;
    static final int AUTHENTICATE_NAK = 3;

    private PapCode() {}
}
