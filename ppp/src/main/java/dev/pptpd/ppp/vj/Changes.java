package dev.pptpd.ppp.vj;

/**
 * The first octet of a compressed header: which fields changed.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc1144#section-3.2.3 RFC 1144 section 3.2.3
 */
final class Changes {
    /** C: the number of the connection follows. */
    static final int CONNECTION = 0x40;

    /** I: the identification grew by another number than 1. */
    static final int IDENTIFICATION = 0x20;

    /** P: the packet's own PUSH flag. */
    static final int PUSH = 0x10;

    /** S: the sequence number. */
    static final int SEQUENCE = 0x08;

    /** A: the acknowledgment. */
    static final int ACKNOWLEDGMENT = 0x04;

    /** W: the window. */
    static final int WINDOW = 0x02;

    /** U: the packet is urgent; the pointer follows as it is. */
    static final int URGENT = 0x01;

    static final int FIELDS = SEQUENCE | ACKNOWLEDGMENT | WINDOW | URGENT;

    /** Stands for a sequence number and an acknowledgment that both grew by the last data. */
    static final int ECHOED = SEQUENCE | WINDOW | URGENT;

    /** Stands for a sequence number that grew by the last data. */
    static final int STREAMED = SEQUENCE | ACKNOWLEDGMENT | WINDOW | URGENT;

    private Changes() {}
}
