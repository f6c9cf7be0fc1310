package dev.pptpd.mppe;

/**
 * How MPPC writes a literal octet, and the offset and length of a copy.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2118#section-4.1 RFC 2118 sections 4.1 and 4.2
 */
final class MppcTokens {
    /** Octets of the history, and one more than the largest offset and length. */
    static final int HISTORY_OCTETS = 8_192;

    /** Shorter matches are not worth a copy. */
    static final int MIN_LENGTH = 3;

    /** Bits of the shortest token: what is left behind the last one is shorter. */
    static final int MIN_BITS = 8;

    private static final int NEAR = 64;
    private static final int MIDDLE = 320;

    /** The longest run of ones before the bits of a length. */
    private static final int MAX_ONES = 11;

    private MppcTokens() {}

    /** Writes an octet as it is; false when there was no room. */
    static boolean putLiteral(MppcBitWriter out, byte octet) {
        return octet >= 0 ? out.put(octet, 8) : out.put(0x100 | (octet & 0x7F), 9);
    }

    /** Writes the offset of a copy, 1 to 8,191; false when there was no room. */
    static boolean putOffset(MppcBitWriter out, int offset) {
        if (offset < NEAR) {
            return out.put(0b1111 << 6 | offset, 10);
        }
        return offset < MIDDLE
                ? out.put(0b1110 << 8 | (offset - NEAR), 12)
                : out.put(0b110 << 13 | (offset - MIDDLE), 16);
    }

    /** Writes the length of a copy, 3 to 8,191; false when there was no room. */
    static boolean putLength(MppcBitWriter out, int length) {
        if (length == MIN_LENGTH) {
            return out.put(0, 1);
        }
        int bits = 31 - Integer.numberOfLeadingZeros(length);
        int ones = (1 << (bits - 1)) - 1;
        return out.put(((ones << 1) << bits) | (length & ((1 << bits) - 1)), 2 * bits);
    }

    /** Whether a copy comes next, and no literal. */
    static boolean isCopy(MppcBitReader in) {
        return in.peek(2) == 0b11;
    }

    /** Takes a literal; -1 when the bits do not suffice. */
    static int takeLiteral(MppcBitReader in) {
        boolean low = in.peek(1) == 0;
        int octet = low ? in.peek(8) : 0x80 | (in.peek(9) & 0x7F);
        return in.skip(low ? 8 : 9) ? octet : -1;
    }

    /** Takes the offset of a copy; -1 when there is none. */
    static int takeOffset(MppcBitReader in) {
        return switch (in.peek(4)) {
            case 0b1111 -> valid(in, in.peek(10) & 0x3F, 10);
            case 0b1110 -> valid(in, (in.peek(12) & 0xFF) + NEAR, 12);
            default -> valid(in, (in.peek(16) & 0x1FFF) + MIDDLE, 16);
        };
    }

    private static int valid(MppcBitReader in, int offset, int bits) {
        return in.skip(bits) && offset > 0 && offset < HISTORY_OCTETS ? offset : -1;
    }

    /** Takes the length of a copy; -1 when there is none. */
    static int takeLength(MppcBitReader in) {
        int ones = 0;
        while (ones <= MAX_ONES && in.peek(ones + 1) == (1 << (ones + 1)) - 1) {
            ones++;
        }
        if (ones > MAX_ONES) {
            return -1;
        }
        if (ones == 0) {
            return in.skip(1) ? MIN_LENGTH : -1;
        }
        int bits = ones + 1;
        int length = (1 << bits) | (in.peek(2 * bits) & ((1 << bits) - 1));
        return in.skip(2 * bits) ? length : -1;
    }
}
