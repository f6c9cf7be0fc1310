package dev.pptpd.inner;

import java.nio.ByteBuffer;

/**
 * The checksum of IP, TCP, UDP and ICMP: the complement of the sum of 16-bit words in one's
 * complement arithmetic.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc1071 RFC 1071
 */
final class InternetChecksum {
    private static final int WORD_BITS = Short.SIZE;
    private static final int WORD = 0xFFFF;

    private InternetChecksum() {}

    /** Adds octets to a sum that is not folded yet; an odd one at the end counts with a zero. */
    static long add(long sum, ByteBuffer octets, int at, int count) {
        long total = sum;
        int end = at + count;
        int index = at;
        for (; index + 1 < end; index += Short.BYTES) {
            total += octets.getShort(index) & WORD;
        }
        if (index < end) {
            total += (octets.get(index) & 0xFF) << Byte.SIZE;
        }
        return total;
    }

    /** The checksum of a sum. */
    static short of(long sum) {
        long folded = sum;
        while (folded >> WORD_BITS != 0) {
            folded = (folded & WORD) + (folded >>> WORD_BITS);
        }
        return (short) ~folded;
    }

    /**
     * The checksum after one 16-bit word changed.
     *
     * @param checksum before
     * @param from the word as it was summed up
     * @param to the word as it is summed up now
     * @spec https://www.rfc-editor.org/rfc/rfc1624#section-3 RFC 1624 section 3, equation 3
     */
    static short replaced(short checksum, short from, short to) {
        return of((~checksum & WORD) + (~from & WORD) + (to & WORD));
    }
}
