package dev.pptpd.gre;

/** What {@link Ipv4Header#decode} found; everything but {@link #VALID} names the reason to drop. */
public enum Ipv4Verdict {
    /** Every accessor of {@link Ipv4Header} may be used. */
    VALID,
    /** Fewer octets than an IPv4 header has without options. */
    TOO_SHORT,
    /** The version is not 4. */
    WRONG_VERSION,
    /** The header length is below 5 words or beyond the total length. */
    WRONG_HEADER_LENGTH,
    /** The total length is beyond the buffer: cut off on reception, or forged. */
    TOTAL_LENGTH_BEYOND_BUFFER
}
