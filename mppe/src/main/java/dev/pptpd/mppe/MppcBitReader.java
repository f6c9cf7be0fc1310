package dev.pptpd.mppe;

import java.nio.ByteBuffer;

/** Octets as bits, the most significant first. */
final class MppcBitReader {
    private static final int OCTET_BITS = 8;

    private ByteBuffer octets = ByteBuffer.allocate(0);
    private int next;
    private int end;
    private long pending;
    private int pendingBits;

    /** Begins with the octets from position to limit, by index. */
    void start(ByteBuffer source) {
        octets = source;
        next = source.position();
        end = source.limit();
        pending = 0;
        pendingBits = 0;
    }

    /** How many bits are left. */
    int remaining() {
        return pendingBits + (end - next) * OCTET_BITS;
    }

    /** The next {@code bits} bits, at most 32, without taking them; zeros behind the end. */
    int peek(int bits) {
        while (pendingBits < bits && next < end) {
            pending = pending << OCTET_BITS | (octets.get(next++) & 0xFF);
            pendingBits += OCTET_BITS;
        }
        long aligned =
                pendingBits >= bits
                        ? pending >> (pendingBits - bits)
                        : pending << (bits - pendingBits);
        return (int) (aligned & ((1L << bits) - 1));
    }

    /**
     * Takes {@code bits} bits.
     *
     * @return false when there are not so many
     */
    boolean skip(int bits) {
        peek(bits);
        if (pendingBits < bits) {
            return false;
        }
        pendingBits -= bits;
        return true;
    }
}
