package dev.pptpd.gre;

/** What {@link GreHeader#decode} found; everything but {@link #VALID} names the reason to drop. */
public enum GreHeaderVerdict {
    /**
     * A data packet, an acknowledgment, or both; every accessor of {@link GreHeader} may be used.
     */
    VALID,
    /** Fewer octets than the header has by its flags. */
    TOO_SHORT,
    /** Not version 1, so plain GRE of another tunnel. */
    WRONG_VERSION,
    /** The protocol type is not 880B. */
    WRONG_PROTOCOL,
    /** The K bit is clear: no payload length and no call id. */
    KEY_MISSING,
    /** C, R, s or the recursion control is set, which would change the layout. */
    FORBIDDEN_FLAGS,
    /** The payload length goes beyond the end of the datagram. */
    PAYLOAD_BEYOND_DATAGRAM,
    /** The S bit is set but the payload length is 0. */
    PAYLOAD_MISSING,
    /** A payload without the S bit, which has no place in the sequence. */
    SEQUENCE_MISSING,
    /** Neither a payload nor an acknowledgment. */
    EMPTY
}
