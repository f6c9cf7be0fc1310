package dev.pptpd.mppe;

import java.nio.ByteBuffer;

/**
 * The two octets in front of what is encrypted: four flag bits and the coherency count.
 *
 * <p>Bit B ({@code 4000}) belongs to MPPC and means nothing here.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc3078#section-3.1 RFC 3078 section 3.1
 */
final class MppeHeader {
    /** Bit A: the RC4 tables were initialized before this packet. */
    static final int FLUSHED = 0x8000;

    /** Bit C: the packet is compressed. */
    static final int COMPRESSED = 0x2000;

    /** Bit D: the packet is encrypted. */
    static final int ENCRYPTED = 0x1000;

    /** Both the bits of the coherency count and its largest value. */
    static final int COHERENCY_COUNT = 0x0FFF;

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
}
