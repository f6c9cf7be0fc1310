package dev.pptpd.control;

/** Offsets and constants of the header that every control message begins with. */
final class ControlHeader {
    // Specification, RFC 2637 section 2
    static final int LENGTH = 0;
    static final int PPTP_MESSAGE_TYPE = 2;
    static final int MAGIC_COOKIE = 4;
    static final int CONTROL_MESSAGE_TYPE = 8;
    static final int OCTETS = 12;

    static final int CONTROL_MESSAGE = 1;
    static final long MAGIC = 0x1A2B_3C4DL;

    private ControlHeader() {}
}
