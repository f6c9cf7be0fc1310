package dev.pptpd.inner;

import java.nio.ByteBuffer;

/**
 * The checksum of IP, TCP, UDP and ICMP: the complement of the sum of 16-bit words in one's
 * complement arithmetic. A sum that is not folded yet has room for more octets than a packet can
 * have. Buffers are big-endian. Allocates nothing.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc1071 RFC 1071
 */
public final class InternetChecksum {
    private static final int WORD_BITS = Short.SIZE;
    private static final int WORD = 0xFFFF;
    private static final long LOW_HALF = 0xFFFF_FFFFL;

    private InternetChecksum() {}

    /**
     * Adds octets to a sum that is not folded yet; an odd one at the end counts with a zero. Eight
     * at a time: words of 32 bits come to the same sum, once it is folded.
     */
    public static long add(long sum, ByteBuffer octets, int at, int count) {
        long total = sum;
        int index = at;
        for (int end = at + (count & -Long.BYTES); index < end; index += Long.BYTES) {
            long word = octets.getLong(index);
            total += (word >>> Integer.SIZE) + (word & LOW_HALF);
        }
        return addFew(total, octets, index, at + count);
    }

    /**
     * Copies octets and adds them to a sum, reading them once.
     *
     * @see #add
     */
    public static long addCopying(
            long sum, ByteBuffer from, int at, ByteBuffer to, int toAt, int count) {
        long total = sum;
        int whole = count & -Long.BYTES;
        for (int index = 0; index < whole; index += Long.BYTES) {
            long word = from.getLong(at + index);
            to.putLong(toAt + index, word);
            total += (word >>> Integer.SIZE) + (word & LOW_HALF);
        }
        to.put(toAt + whole, from, at + whole, count - whole);
        return addFew(total, from, at + whole, at + count);
    }

    private static long addFew(long sum, ByteBuffer octets, int at, int end) {
        long total = sum;
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
    public static short of(long sum) {
        return (short) ~folded(sum);
    }

    /** A sum in 16 bits: all ones when a checksum is among its octets and right. */
    public static int folded(long sum) {
        long folded = (sum >>> Integer.SIZE) + (sum & LOW_HALF);
        while (folded >> WORD_BITS != 0) {
            folded = (folded & WORD) + (folded >>> WORD_BITS);
        }
        return (int) folded;
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
