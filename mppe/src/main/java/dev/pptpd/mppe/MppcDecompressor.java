package dev.pptpd.mppe;

import java.nio.ByteBuffer;

/**
 * Decompression of one direction. A packet that turns out to be garbage leaves the history as it
 * was. Allocates nothing per packet.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2118#section-4 RFC 2118 section 4
 */
final class MppcDecompressor {
    private static final int PROTOCOL_OCTETS = 2;
    private static final int MIN_OCTETS = DecryptedFrame.INSPECTED_OCTETS;
    private static final int HISTORY_OCTETS = MppcTokens.HISTORY_OCTETS;
    private static final int INDEX = HISTORY_OCTETS - 1;

    private final byte[] history = new byte[HISTORY_OCTETS];

    /** What was decompressed last. */
    final byte[] packet;

    private final MppcBitReader in = new MppcBitReader();

    /** Where the next packet goes, and how many octets before it may be referred to. */
    private int next;

    private int known;

    private int start;
    private int knownBefore;

    /** {@code mruBytes} is the longest information that comes out, protocol number not counted. */
    MppcDecompressor(int mruBytes) {
        packet = new byte[Math.clamp(mruBytes + PROTOCOL_OCTETS, MIN_OCTETS, HISTORY_OCTETS)];
    }

    /**
     * Decompresses what stands between position and limit behind an MPPE header, if it is
     * compressed, in place; see {@link MppeEngine#decrypt}.
     *
     * @return whether the frame is now what a peer may have sent
     */
    boolean expand(ByteBuffer frame, int header) {
        if ((header & MppeHeader.COMPRESSED) == 0) {
            return takeUncompressed(frame, header);
        }
        findPlace(header);
        int octets = decode(frame);
        if (octets < MIN_OCTETS || octets > frame.capacity() || !DecryptedFrame.isSane(packet)) {
            return false;
        }
        System.arraycopy(packet, 0, history, start, octets);
        next = start + octets;
        known = Math.min(knownBefore + octets, INDEX);
        int from = Math.min(frame.position(), frame.capacity() - octets);
        frame.limit(from + octets).position(from).put(from, packet, 0, octets);
        return true;
    }

    private boolean takeUncompressed(ByteBuffer frame, int header) {
        int from = frame.position();
        if (frame.remaining() < MIN_OCTETS
                || !isSane(frame.get(from), frame.get(from + 1), frame.get(from + 2))) {
            return false;
        }
        if ((header & MppeHeader.FLUSHED) != 0) {
            next = 0;
            known = 0;
        }
        return true;
    }

    private static boolean isSane(byte high, byte low, byte first) {
        return DecryptedFrame.isSane((high & 0xFF) << 8 | (low & 0xFF), first & 0xFF, 0);
    }

    /** At the front the octets between the last packet and the end of the ring count as well. */
    private void findPlace(int header) {
        if ((header & MppeHeader.FLUSHED) != 0) {
            start = 0;
            knownBefore = 0;
        } else if ((header & MppeHeader.AT_FRONT) != 0) {
            start = 0;
            knownBefore = Math.min(known + HISTORY_OCTETS - next, INDEX);
        } else {
            start = next;
            knownBefore = known;
        }
    }

    /** Into {@link #packet}; -1 for garbage. The history is only read. */
    int decode(ByteBuffer frame) {
        int room = Math.min(packet.length, HISTORY_OCTETS - start);
        int octets = 0;
        in.start(frame);
        while (in.remaining() >= MppcTokens.MIN_BITS) {
            if (MppcTokens.isCopy(in)) {
                int offset = MppcTokens.takeOffset(in);
                int length = offset < 0 ? -1 : MppcTokens.takeLength(in);
                if (length < 0 || length > room - octets || offset > knownBefore + octets) {
                    return -1;
                }
                copy(offset, octets, length);
                octets += length;
            } else {
                int literal = MppcTokens.takeLiteral(in);
                if (literal < 0 || octets == room) {
                    return -1;
                }
                packet[octets++] = (byte) literal;
            }
        }
        return octets;
    }

    /** One octet after the other: a copy may overlap itself. */
    private void copy(int offset, int to, int length) {
        for (int at = to; at < to + length; at++) {
            int from = at - offset;
            packet[at] = from >= 0 ? packet[from] : history[(start + from) & INDEX];
        }
    }
}
