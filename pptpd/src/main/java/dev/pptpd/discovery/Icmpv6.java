package dev.pptpd.discovery;

import dev.pptpd.ppp.ipv6cp.Ipv6Address;
import java.nio.ByteBuffer;

/**
 * ICMPv6 messages in their IPv6 packets.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc4443#section-2 RFC 4443 section 2
 * @spec https://www.rfc-editor.org/rfc/rfc8200#section-4 RFC 8200 section 4
 */
public final class Icmpv6 {
    public static final int ROUTER_SOLICITATION = 133;
    public static final int ROUTER_ADVERTISEMENT = 134;
    public static final int NEIGHBOR_SOLICITATION = 135;
    public static final int REDIRECT = 137;

    /** {@link #type} found another protocol. */
    public static final int OTHER = -1;

    /** {@link #type} found no end of the extension headers, or none that may be. */
    public static final int BAD = -2;

    static final int IPV6_OCTETS = 40;

    /** Of a neighbour: no router has passed the packet on (RFC 4861 section 6.1). */
    static final int HOP_LIMIT = 255;

    private static final int PAYLOAD_LENGTH = 4;
    private static final int NEXT_HEADER = 6;
    private static final int HOP_LIMIT_FIELD = 7;
    private static final int SOURCE = 8;
    private static final int CHECKSUM = 2;
    private static final int HEADER_OCTETS = 4;
    private static final int VERSION_6 = 0x6000_0000;

    private static final int HOP_BY_HOP = 0;
    private static final int ROUTING = 43;
    private static final int AUTHENTICATION = 51;
    private static final int ICMPV6 = 58;
    private static final int DESTINATION_OPTIONS = 60;
    private static final int EXTENSION_UNIT_OCTETS = 8;

    /** No packet in earnest has more; each costs a look. */
    private static final int MAX_EXTENSIONS = 8;

    private Icmpv6() {}

    /**
     * The type of the ICMPv6 message in a whole IPv6 packet between position and limit, behind
     * whatever extension headers; fragments are {@link #OTHER}. Allocates nothing.
     */
    public static int type(ByteBuffer packet) {
        int next = packet.get(packet.position() + NEXT_HEADER) & 0xFF;
        int at = packet.position() + IPV6_OCTETS;
        for (int count = 0; count <= MAX_EXTENSIONS; count++) {
            switch (next) {
                case ICMPV6 -> {
                    return packet.limit() - at < HEADER_OCTETS ? BAD : packet.get(at) & 0xFF;
                }
                case HOP_BY_HOP, ROUTING, DESTINATION_OPTIONS, AUTHENTICATION -> {
                    if (packet.limit() - at < EXTENSION_UNIT_OCTETS) {
                        return BAD;
                    }
                    int length = packet.get(at + 1) & 0xFF;
                    int octets =
                            next == AUTHENTICATION
                                    ? (length + 2) * Integer.BYTES
                                    : (length + 1) * EXTENSION_UNIT_OCTETS;
                    next = packet.get(at) & 0xFF;
                    at += octets;
                }
                default -> {
                    return OTHER;
                }
            }
        }
        return BAD;
    }

    /** A whole packet from a neighbour to a neighbour; the message's checksum is put in. */
    static byte[] encode(Ipv6Address source, Ipv6Address destination, ByteBuffer message) {
        int octets = message.remaining();
        ByteBuffer packet = ByteBuffer.allocate(IPV6_OCTETS + octets);
        packet.putInt(VERSION_6).putShort((short) octets).put((byte) ICMPV6).put((byte) HOP_LIMIT);
        packet.put(source.octets()).put(destination.octets()).put(message).flip();
        packet.putShort(IPV6_OCTETS + CHECKSUM, (short) 0);
        packet.putShort(IPV6_OCTETS + CHECKSUM, (short) ~sum(packet));
        return packet.array();
    }

    /**
     * Whether a packet is a message of a neighbour: no router passed it on, its checksum is right,
     * and no extension header stands before it.
     */
    static boolean isOfNeighbor(ByteBuffer packet) {
        int at = packet.position();
        return packet.remaining() >= IPV6_OCTETS + HEADER_OCTETS
                && (packet.getInt(at) & 0xF000_0000) == VERSION_6
                && (packet.getShort(at + PAYLOAD_LENGTH) & 0xFFFF)
                        == packet.remaining() - IPV6_OCTETS
                && packet.get(at + NEXT_HEADER) == ICMPV6
                && (packet.get(at + HOP_LIMIT_FIELD) & 0xFF) == HOP_LIMIT
                && sum(packet) == 0xFFFF;
    }

    static Ipv6Address source(ByteBuffer packet) {
        int at = packet.position() + SOURCE;
        return new Ipv6Address(packet.getLong(at), packet.getLong(at + Long.BYTES));
    }

    /** Of the message and the pseudo header, folded to 16 bits. */
    private static int sum(ByteBuffer packet) {
        int start = packet.position();
        int sum = ICMPV6 + packet.remaining() - IPV6_OCTETS;
        for (int at = start + SOURCE; at < packet.limit(); at += Short.BYTES) {
            sum +=
                    packet.limit() - at > 1
                            ? packet.getShort(at) & 0xFFFF
                            : (packet.get(at) & 0xFF) << Byte.SIZE;
        }
        while (sum > 0xFFFF) {
            sum = (sum & 0xFFFF) + (sum >>> Short.SIZE);
        }
        return sum;
    }
}
