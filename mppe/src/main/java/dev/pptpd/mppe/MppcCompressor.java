package dev.pptpd.mppe;

import java.nio.ByteBuffer;

/**
 * Compression of one direction. The history is a ring, into which a packet is copied whole; a
 * packet never crosses its end, but a copy may reach back over it. Allocates nothing per packet.
 *
 * <p>Places in the history are counted on and on; the low 13 bits are the index into the ring.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2118#section-3 RFC 2118 section 3
 */
final class MppcCompressor {
    private static final int HISTORY_OCTETS = MppcTokens.HISTORY_OCTETS;
    private static final int INDEX = HISTORY_OCTETS - 1;

    /** Longer than any packet of a tunnel; longer ones are not compressed. */
    private static final int MAX_PACKET_OCTETS = 2_048;

    private static final int HASH_BITS = 12;

    /** Long before places overflow they are counted anew. */
    private static final int LAST_PLACE = 1 << 30;

    private final byte[] history = new byte[HISTORY_OCTETS];

    /** By the hash of three octets, one more than the place where they were seen last. */
    private final int[] seen = new int[1 << HASH_BITS];

    private final byte[] compressed = new byte[MAX_PACKET_OCTETS];
    private final MppcBitWriter out = new MppcBitWriter(compressed);

    private int start;
    private int end;

    /** Nothing before this place may be referred to. */
    private int oldest;

    /** Where the unused end of the ring began when a packet last moved to the front. */
    private int gapStart;

    private boolean spoiled;

    /** Whether the history must be flushed before the next packet: RFC 2118, Data Expansion. */
    boolean isSpoiled() {
        return spoiled;
    }

    /** Forgets the history. */
    void flush() {
        moveToFront();
        oldest = end;
        spoiled = false;
    }

    private void moveToFront() {
        gapStart = end;
        end = (end + INDEX) & ~INDEX;
        if (end > LAST_PLACE) {
            countAnew(end - HISTORY_OCTETS);
        }
    }

    /** By a multiple of the ring's size, so that every index stays. */
    private void countAnew(int shift) {
        end -= shift;
        gapStart -= shift;
        oldest = Math.max(0, oldest - shift);
        for (int hash = 0; hash < seen.length; hash++) {
            seen[hash] = Math.max(0, seen[hash] - shift);
        }
    }

    /**
     * Compresses the frame from position to limit in place, if that makes it shorter.
     *
     * @return the bits B and C of the header
     */
    int compress(ByteBuffer frame) {
        int octets = frame.remaining();
        if (octets > MAX_PACKET_OCTETS) {
            return 0;
        }
        if ((end & INDEX) + octets > HISTORY_OCTETS) {
            moveToFront();
        }
        boolean atFront = (end & INDEX) == 0;
        start = end;
        end = start + octets;
        frame.get(frame.position(), history, start & INDEX, octets);
        int size = encode(octets - 1);
        if (size < 0) {
            spoiled = true;
            return 0;
        }
        frame.put(frame.position(), compressed, 0, size).limit(frame.position() + size);
        return MppeHeader.COMPRESSED | (atFront ? MppeHeader.AT_FRONT : 0);
    }

    private int encode(int room) {
        out.start(room);
        int place = start;
        while (place < end) {
            int match = end - place >= MppcTokens.MIN_LENGTH ? remember(place) : -1;
            int length = match >= 0 ? matchingOctets(match, place) : 0;
            boolean fits;
            if (length < MppcTokens.MIN_LENGTH) {
                fits = MppcTokens.putLiteral(out, history[place & INDEX]);
                length = 1;
            } else {
                fits =
                        MppcTokens.putOffset(out, place - match)
                                && MppcTokens.putLength(out, length);
                rememberUntil(place + length, place + 1);
            }
            if (!fits) {
                return -1;
            }
            place += length;
        }
        return out.finish();
    }

    private void rememberUntil(int to, int from) {
        int last = Math.min(to, end - MppcTokens.MIN_LENGTH + 1);
        for (int place = from; place < last; place++) {
            seen[hash(place)] = place + 1;
        }
    }

    /** Where the same three octets may have been before; -1 when nowhere that can be told. */
    private int remember(int place) {
        int hash = hash(place);
        int before = seen[hash] - 1;
        seen[hash] = place + 1;
        boolean overwritten = before < end - HISTORY_OCTETS;
        return before < oldest || overwritten || place - before > INDEX ? -1 : before;
    }

    private int hash(int place) {
        int octets =
                (history[place & INDEX] & 0xFF) << 16
                        | (history[(place + 1) & INDEX] & 0xFF) << 8
                        | (history[(place + 2) & INDEX] & 0xFF);
        return (octets * 0x9E37_79B1) >>> (Integer.SIZE - HASH_BITS);
    }

    /**
     * How many octets are the same; what lies in the unused end of the ring is never referred to.
     */
    private int matchingOctets(int match, int place) {
        int longest = end - place;
        if (match < gapStart) {
            longest = Math.min(longest, gapStart - match);
        }
        int length = 0;
        while (length < longest
                && history[(match + length) & INDEX] == history[(place + length) & INDEX]) {
            length++;
        }
        return length;
    }
}
