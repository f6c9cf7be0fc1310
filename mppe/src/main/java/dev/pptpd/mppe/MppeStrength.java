package dev.pptpd.mppe;

/**
 * The key lengths of MPPE with their bits in CCP option 18.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc3078#section-2.1 RFC 3078 section 2.1
 */
public enum MppeStrength {
    /** 40-bit session keys: 8 octets, the first three of them fixed. */
    BITS_40(40, 0x0000_0020, 8),
    /** 56-bit session keys: 8 octets, the first of them fixed. */
    BITS_56(56, 0x0000_0080, 8),
    /** 128-bit session keys: 16 octets. */
    BITS_128(128, 0x0000_0040, 16);

    private final int bits;
    private final int supportedBit;
    private final int keyOctets;

    MppeStrength(int bits, int supportedBit, int keyOctets) {
        this.bits = bits;
        this.supportedBit = supportedBit;
        this.keyOctets = keyOctets;
    }

    /** Secret bits of the key: 40, 56 or 128. */
    public int bits() {
        return bits;
    }

    /** The L, M or S bit in the Supported Bits field of the option. */
    public int supportedBit() {
        return supportedBit;
    }

    /** Length of start and session keys in octets: 8 or 16. */
    public int keyOctets() {
        return keyOctets;
    }
}
