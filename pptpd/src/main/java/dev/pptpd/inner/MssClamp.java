package dev.pptpd.inner;

import java.nio.ByteBuffer;

/**
 * Lowers the maximum segment size that a TCP connection announces in its SYN, in either direction,
 * to what the tunnel carries: many paths lose the ICMP messages by which the ends would find out.
 * Changes the packet in place and allocates nothing.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9293#section-3.7.1 RFC 9293 section 3.7.1
 */
public final class MssClamp {
    // Specification: RFC 791 section 3.1, RFC 8200 sections 3 and 4, RFC 9293 section 3.1
    private static final int IPV4_OCTETS = 20;
    private static final int IPV6_OCTETS = 40;
    private static final int IPV4_FRAGMENT = 6;
    private static final int IPV4_FRAGMENT_OFFSET_MASK = 0x1FFF;
    private static final int IPV4_PROTOCOL = 9;
    private static final int IPV6_NEXT_HEADER = 6;
    private static final int TCP = 6;
    private static final int TCP_OCTETS = 20;
    private static final int TCP_DATA_OFFSET = 12;
    private static final int TCP_FLAGS = 13;
    private static final int TCP_CHECKSUM = 16;
    private static final int SYN = 0x02;
    private static final int END_OF_OPTIONS = 0;
    private static final int NO_OPERATION = 1;
    private static final int MAXIMUM_SEGMENT_SIZE = 2;
    private static final int MAXIMUM_SEGMENT_SIZE_OCTETS = 4;

    private MssClamp() {}

    /** The largest segment over IPv4 in a packet of that many octets. */
    public static int largestSegment(int packetOctets) {
        return Math.max(0, packetOctets - IPV4_OCTETS - TCP_OCTETS);
    }

    /**
     * Lowers the option of a SYN, if it has one and that is larger.
     *
     * @param packet an IP packet between position and limit; anything else is left alone
     * @param packetOctets the largest packet that the tunnel carries
     * @return whether the packet was changed
     */
    public static boolean clamp(ByteBuffer packet, int packetOctets) {
        int at = packet.position();
        int octets = packet.remaining();
        if (octets < IPV4_OCTETS + TCP_OCTETS) {
            return false;
        }
        int version = packet.get(at) >> 4;
        if (version == 4) {
            boolean isTcp =
                    packet.get(at + IPV4_PROTOCOL) == TCP
                            && (packet.getShort(at + IPV4_FRAGMENT) & IPV4_FRAGMENT_OFFSET_MASK)
                                    == 0;
            int header = (packet.get(at) & 0x0F) * Integer.BYTES;
            return isTcp
                    && header >= IPV4_OCTETS
                    && clampSegment(packet, at + header, largestSegment(packetOctets));
        }
        // Extension headers before a SYN are as good as unknown: such a packet passes as it is.
        return version == 6
                && packet.get(at + IPV6_NEXT_HEADER) == TCP
                && clampSegment(
                        packet,
                        at + IPV6_OCTETS,
                        Math.max(0, packetOctets - IPV6_OCTETS - TCP_OCTETS));
    }

    private static boolean clampSegment(ByteBuffer packet, int tcp, int largest) {
        if (packet.limit() - tcp < TCP_OCTETS || (packet.get(tcp + TCP_FLAGS) & SYN) == 0) {
            return false;
        }
        int end = tcp + (packet.get(tcp + TCP_DATA_OFFSET) >> 4 & 0x0F) * Integer.BYTES;
        int option = end > packet.limit() ? -1 : sizeOption(packet, tcp + TCP_OCTETS, end);
        if (option < 0 || (packet.getShort(option) & 0xFFFF) <= largest) {
            return false;
        }
        short before = packet.getShort(option);
        short after = (short) largest;
        packet.putShort(option, after);
        boolean odd = (option - tcp & 1) != 0;
        packet.putShort(
                tcp + TCP_CHECKSUM,
                InternetChecksum.replaced(
                        packet.getShort(tcp + TCP_CHECKSUM),
                        odd ? Short.reverseBytes(before) : before,
                        odd ? Short.reverseBytes(after) : after));
        return true;
    }

    /** Where the value of the option is; -1 when there is none, or the options are broken. */
    private static int sizeOption(ByteBuffer packet, int from, int end) {
        int at = from;
        while (at < end) {
            int kind = packet.get(at);
            if (kind == NO_OPERATION) {
                at++;
                continue;
            }
            int length = kind == END_OF_OPTIONS || at + 1 == end ? 0 : packet.get(at + 1) & 0xFF;
            if (length < 2 || length > end - at) {
                return -1;
            }
            if (kind == MAXIMUM_SEGMENT_SIZE) {
                return length == MAXIMUM_SEGMENT_SIZE_OCTETS ? at + 2 : -1;
            }
            at += length;
        }
        return -1;
    }
}
