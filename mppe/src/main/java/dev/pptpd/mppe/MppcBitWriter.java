package dev.pptpd.mppe;

/** Bits into octets, the most significant first. Writes no further than the end of its array. */
final class MppcBitWriter {
    private static final int OCTET_BITS = 8;

    private final byte[] octets;
    private int limit;
    private int size;
    private long pending;
    private int pendingBits;

    /** Writes into {@code octets}, which the caller may read at any time. */
    MppcBitWriter(byte[] octets) {
        this.octets = octets;
    }

    /** Begins anew, with room for {@code limit} octets. */
    void start(int limit) {
        this.limit = Math.min(limit, octets.length);
        size = 0;
        pending = 0;
        pendingBits = 0;
    }

    /**
     * Appends the low {@code bits} bits of {@code value}, of which there are at most 32.
     *
     * @return whether there was room
     */
    boolean put(int value, int bits) {
        pending = pending << bits | value;
        pendingBits += bits;
        while (pendingBits >= OCTET_BITS) {
            if (size == limit) {
                return false;
            }
            pendingBits -= OCTET_BITS;
            octets[size++] = (byte) (pending >> pendingBits);
        }
        return true;
    }

    /**
     * Fills the last octet with zeros.
     *
     * @return how many octets there are; -1 when there was no room
     */
    int finish() {
        boolean fits = pendingBits == 0 || put(0, OCTET_BITS - pendingBits);
        return fits ? size : -1;
    }
}
