package dev.pptpd.offload;

import java.nio.ByteBuffer;

/**
 * The header that stands before each packet of a TUN device with offloads: what is left to do of
 * its checksum, and which segments it stands for. Its numbers are little-endian; the buffers are
 * big-endian, as all buffers of packets here.
 *
 * @spec https://docs.oasis-open.org/virtio/virtio/v1.2/virtio-v1.2.html Virtual I/O Device 1.2,
 *     section 5.1.6
 */
public final class VirtioNetHeader {
    /** Octets of struct virtio_net_hdr. */
    public static final int OCTETS = 10;

    // Specification: section 5.1.6, <linux/virtio_net.h>
    static final int NEEDS_CHECKSUM = 0x01;
    static final int NO_SEGMENTS = 0;
    static final int TCP_IPV4 = 1;
    static final int TCP_IPV6 = 4;
    static final int UDP = 5;

    private static final int WITH_ECN = 0x80;
    private static final int FLAGS = 0;
    private static final int SEGMENT_TYPE = 1;
    private static final int HEADER_OCTETS = 2;
    private static final int SEGMENT_OCTETS = 4;
    private static final int CHECKSUM_START = 6;
    private static final int CHECKSUM_OFFSET = 8;

    private VirtioNetHeader() {}

    /** Writes the header of a packet that is whole as it is. */
    public static void putWhole(ByteBuffer buffer, int at) {
        buffer.putLong(at, 0).putShort(at + CHECKSUM_OFFSET, (short) 0);
    }

    /**
     * Writes the header of a super-packet, whose transport checksum covers nothing but the pseudo
     * header.
     *
     * @param type one of the constants for segments
     * @param headerOctets IP and transport header
     * @param segmentOctets payload of each segment but the last
     * @param transportAt where the transport header begins, from the IP header on
     * @param checksumAt where the checksum is, from the transport header on
     */
    static void putSegments(
            ByteBuffer buffer,
            int at,
            int type,
            int headerOctets,
            int segmentOctets,
            int transportAt,
            int checksumAt) {
        buffer.put(at + FLAGS, (byte) NEEDS_CHECKSUM).put(at + SEGMENT_TYPE, (byte) type);
        putNumber(buffer, at + HEADER_OCTETS, headerOctets);
        putNumber(buffer, at + SEGMENT_OCTETS, segmentOctets);
        putNumber(buffer, at + CHECKSUM_START, transportAt);
        putNumber(buffer, at + CHECKSUM_OFFSET, checksumAt);
    }

    /** Whether the transport checksum covers nothing but the pseudo header yet. */
    static boolean needsChecksum(ByteBuffer buffer, int at) {
        return (buffer.get(at + FLAGS) & NEEDS_CHECKSUM) != 0;
    }

    /** Which segments; a packet that is one is of {@link #NO_SEGMENTS}. */
    static int type(ByteBuffer buffer, int at) {
        return buffer.get(at + SEGMENT_TYPE) & 0xFF & ~WITH_ECN;
    }

    static int segmentOctets(ByteBuffer buffer, int at) {
        return number(buffer, at + SEGMENT_OCTETS);
    }

    static int checksumStart(ByteBuffer buffer, int at) {
        return number(buffer, at + CHECKSUM_START);
    }

    static int checksumOffset(ByteBuffer buffer, int at) {
        return number(buffer, at + CHECKSUM_OFFSET);
    }

    private static int number(ByteBuffer buffer, int at) {
        return Short.toUnsignedInt(Short.reverseBytes(buffer.getShort(at)));
    }

    private static void putNumber(ByteBuffer buffer, int at, int value) {
        buffer.putShort(at, Short.reverseBytes((short) value));
    }
}
