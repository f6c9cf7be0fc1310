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
    /**
     * The A bit is clear in stateless mode, or a packet is compressed or encrypted where that was
     * not agreed on.
     */
    BAD_FLAGS,
    /** Its coherency count lies behind what was already received. */
    LATE,
    /** It would skip more keys than the budget of this session allows now. */
    OVER_BUDGET,
    /**
     * It decrypts to something that no peer would have sent, or does not decompress: forged, or
     * with another key.
     */
    NOT_SANE,
    /**
     * Stateful mode: packets are missing, or this one is forged; the flushed packet has not come,
     * and a Reset-Request is due. The missing packets may still come.
     */
    RESET_NEEDED
}
