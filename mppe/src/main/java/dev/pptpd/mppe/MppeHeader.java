package dev.pptpd.mppe;

import java.nio.ByteBuffer;

/**
 * The two octets in front of what is encrypted or compressed: four flag bits and the coherency
 * count.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc3078#section-3.1 RFC 3078 section 3.1
 * @spec https://www.rfc-editor.org/rfc/rfc2118#section-3.1 RFC 2118 section 3.1
 */
final class MppeHeader {
    /** Bit A: the RC4 tables and the history were initialized before this packet. */
    static final int FLUSHED = 0x8000;

    /** Bit B, of MPPC alone: the packet stands at the front of the history. */
    static final int AT_FRONT = 0x4000;

    /** Bit C: the packet is compressed. */
    static final int COMPRESSED = 0x2000;

    /** Bit D: the packet is encrypted. */
    static final int ENCRYPTED = 0x1000;

    /** Both the bits of the coherency count and its largest value. */
    static final int COHERENCY_COUNT = 0x0FFF;

    /** The low octet of the count of a "flag" packet, before which the key changes. */
    private static final int FLAG = 0xFF;

    private MppeHeader() {}

    /** The header at index {@code at}, whatever the byte order of the buffer. */
    static int decode(ByteBuffer frame, int at) {
        return (frame.get(at) & 0xFF) << 8 | (frame.get(at + 1) & 0xFF);
    }

    /** Writes {@code header} at index {@code at}. */
    static void encode(ByteBuffer frame, int at, int header) {
        frame.put(at, (byte) (header >> 8));
        frame.put(at + 1, (byte) header);
    }

    /** The count behind {@code count}. */
    static int next(int count) {
        return (count + 1) & COHERENCY_COUNT;
    }

    /** How far {@code header}'s count lies ahead of the expected one, 0 to 4,095. */
    static int ahead(int header, int expectedCount) {
        return (header - expectedCount) & COHERENCY_COUNT;
    }

    /** Whether the packet of that count is a "flag" packet: RFC 3078 section 7.2. */
    static boolean isFlag(int count) {
        return (count & FLAG) == FLAG;
    }

    /** The count of the next "flag" packet: {@code count} itself, or one up to 255 ahead. */
    static int nextFlag(int count) {
        return count | FLAG;
    }

    /** How many of the packets from {@code count} to the one {@code ahead} of it are "flags". */
    static int flagsWithin(int count, int ahead) {
        return (count + ahead + 1) / (FLAG + 1) - count / (FLAG + 1);
    }
}
