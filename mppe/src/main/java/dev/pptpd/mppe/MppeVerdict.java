package dev.pptpd.mppe;

/**
 * What became of one received MPPE packet. Everything but {@link #DECRYPTED} left no trace in the
 * state.
 */
public enum MppeVerdict {
    /** The buffer now holds the two-octet PPP protocol number and the information, in clear. */
    DECRYPTED,
    /** Shorter than its header, the protocol number and one octet. */
    TOO_SHORT,
    /** The D bit is clear: the packet is not encrypted, RFC 3078 section 4.3. */
    NOT_ENCRYPTED,
    /** The A bit is clear in stateless mode, or the C bit is set without compression agreed. */
    BAD_FLAGS,
    /** Its coherency count lies behind what was already received. */
    LATE,
    /** It would skip more keys than the budget of this session allows now. */
    OVER_BUDGET,
    /** It decrypts to something that no peer would have sent: forged, or with another key. */
    NOT_SANE,
    /**
     * Stateful mode: packets are missing and the flushed packet has not come; a Reset-Request is
     * due.
     */
    RESET_NEEDED
}
