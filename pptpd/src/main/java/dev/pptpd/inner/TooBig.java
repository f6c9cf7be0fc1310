package dev.pptpd.inner;

import java.nio.ByteBuffer;

/**
 * The answer to a packet that is too big for the tunnel and must not be fragmented: Destination
 * Unreachable, fragmentation needed, over IPv4; Packet Too Big over IPv6. The ends learn the size
 * that passes.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc1191#section-4 RFC 1191 section 4
 * @spec https://www.rfc-editor.org/rfc/rfc4443#section-3.2 RFC 4443 section 3.2
 */
public final class TooBig {
    /** Room that an answer needs at most. */
    public static final int MAX_OCTETS = 1_280;

    // Specification: RFC 791 section 3.1
    private static final int IPV4_OCTETS = 20;
    private static final int IPV4_FRAGMENT = 6;
    private static final int IPV4_TTL = 8;
    private static final int IPV4_PROTOCOL = 9;
    private static final int IPV4_CHECKSUM = 10;
    private static final int IPV4_SOURCE = 12;
    private static final int IPV4_DESTINATION = 16;
    private static final int DONT_FRAGMENT = 0x4000;
    private static final int FRAGMENT_OFFSET_MASK = 0x1FFF;
    private static final int ICMP = 1;

    // Specification: RFC 792, RFC 1191 section 4, RFC 1812 section 4.3.2.3
    private static final int ICMP_OCTETS = 8;
    private static final int ICMP_CHECKSUM = 2;
    private static final int ICMP_NEXT_HOP_MTU = 6;
    private static final int DESTINATION_UNREACHABLE = 3;
    private static final int FRAGMENTATION_NEEDED = 4;
    private static final int IPV4_MAX_OCTETS = 576;

    // Specification: RFC 8200 section 3, RFC 4443 sections 2.4 and 3.2
    private static final int IPV6_OCTETS = 40;
    private static final int IPV6_PAYLOAD_LENGTH = 4;
    private static final int IPV6_NEXT_HEADER = 6;
    private static final int IPV6_HOP_LIMIT = 7;
    private static final int IPV6_SOURCE = 8;
    private static final int IPV6_DESTINATION = 24;
    private static final int IPV6_ADDRESS_OCTETS = 16;
    private static final int IPV6_MIN_MTU = 1_280;
    private static final int ICMPV6 = 58;
    private static final int ICMPV6_MTU = 4;
    private static final int PACKET_TOO_BIG = 2;

    private static final int HOPS = 64;

    private TooBig() {}

    /**
     * Writes the answer.
     *
     * @param packet an IP packet between position and limit; it is left as it is
     * @param mtuBytes the largest packet that passes
     * @param source our address, as 32 bits, that an answer over IPv4 comes from
     * @param answer {@value #MAX_OCTETS} octets from its position on; the limit is set to the
     *     answer's end
     * @return false when there is none to give: to a packet that may be fragmented, to what is no
     *     first fragment, comes from nobody, goes to many, or is an ICMP error itself
     */
    public static boolean answer(ByteBuffer packet, int mtuBytes, int source, ByteBuffer answer) {
        if (packet.remaining() < IPV4_OCTETS) {
            return false;
        }
        int version = packet.get(packet.position()) >> 4;
        if (version == 4 && deservesAnswer4(packet)) {
            answer4(packet, mtuBytes, source, answer);
            return true;
        }
        if (version == 6 && deservesAnswer6(packet)) {
            answer6(packet, mtuBytes, answer);
            return true;
        }
        return false;
    }

    private static boolean deservesAnswer4(ByteBuffer packet) {
        int at = packet.position();
        int fragment = packet.getShort(at + IPV4_FRAGMENT);
        int source = packet.getInt(at + IPV4_SOURCE);
        int header = (packet.get(at) & 0x0F) * Integer.BYTES;
        return (fragment & DONT_FRAGMENT) != 0
                && (fragment & FRAGMENT_OFFSET_MASK) == 0
                && header >= IPV4_OCTETS
                && source >>> 24 != 0
                && source >>> 24 != 127
                && source >>> 28 < 0xE
                && packet.getInt(at + IPV4_DESTINATION) >>> 28 < 0xE
                && !isIcmpError(packet, at + header);
    }

    /** Any ICMP but an echo: RFC 1122 section 3.2.2 forbids errors about errors. */
    private static boolean isIcmpError(ByteBuffer packet, int icmp) {
        if (packet.get(packet.position() + IPV4_PROTOCOL) != ICMP) {
            return false;
        }
        int type = icmp < packet.limit() ? packet.get(icmp) : DESTINATION_UNREACHABLE;
        return type != 0 && type != 8;
    }

    private static void answer4(ByteBuffer packet, int mtuBytes, int source, ByteBuffer answer) {
        int at = answer.position();
        int quoted = Math.min(packet.remaining(), IPV4_MAX_OCTETS - IPV4_OCTETS - ICMP_OCTETS);
        int total = IPV4_OCTETS + ICMP_OCTETS + quoted;
        answer.limit(at + total);
        answer.putInt(at, 0x45C0_0000 | total).putInt(at + 4, DONT_FRAGMENT);
        answer.put(at + IPV4_TTL, (byte) HOPS).put(at + IPV4_PROTOCOL, (byte) ICMP);
        answer.putShort(at + IPV4_CHECKSUM, (short) 0).putInt(at + IPV4_SOURCE, source);
        answer.putInt(at + IPV4_DESTINATION, packet.getInt(packet.position() + IPV4_SOURCE));
        long headerSum = InternetChecksum.add(0, answer, at, IPV4_OCTETS);
        answer.putShort(at + IPV4_CHECKSUM, InternetChecksum.of(headerSum));
        int icmp = at + IPV4_OCTETS;
        answer.putInt(icmp, DESTINATION_UNREACHABLE << 24 | FRAGMENTATION_NEEDED << 16);
        answer.putShort(icmp + Integer.BYTES, (short) 0);
        answer.putShort(icmp + ICMP_NEXT_HOP_MTU, (short) mtuBytes);
        answer.put(icmp + ICMP_OCTETS, packet, packet.position(), quoted);
        long sum = InternetChecksum.add(0, answer, icmp, ICMP_OCTETS + quoted);
        answer.putShort(icmp + ICMP_CHECKSUM, InternetChecksum.of(sum));
    }

    private static boolean deservesAnswer6(ByteBuffer packet) {
        int at = packet.position();
        if (packet.remaining() < IPV6_OCTETS) {
            return false;
        }
        boolean amongHosts =
                packet.get(at + IPV6_SOURCE) != (byte) 0xFF
                        && packet.get(at + IPV6_DESTINATION) != (byte) 0xFF
                        && (packet.getLong(at + IPV6_SOURCE)
                                        | packet.getLong(at + IPV6_SOURCE + Long.BYTES))
                                != 0;
        boolean isError =
                packet.get(at + IPV6_NEXT_HEADER) == ICMPV6
                        && (packet.remaining() == IPV6_OCTETS || packet.get(at + IPV6_OCTETS) >= 0);
        return amongHosts && !isError;
    }

    /** From the address that the packet was for: ours on that device may be none that is routed. */
    private static void answer6(ByteBuffer packet, int mtuBytes, ByteBuffer answer) {
        int at = answer.position();
        int from = packet.position();
        int quoted = Math.min(packet.remaining(), IPV6_MIN_MTU - IPV6_OCTETS - ICMP_OCTETS);
        int payload = ICMP_OCTETS + quoted;
        answer.limit(at + IPV6_OCTETS + payload);
        answer.putInt(at, 0x6000_0000).putShort(at + IPV6_PAYLOAD_LENGTH, (short) payload);
        answer.put(at + IPV6_NEXT_HEADER, (byte) ICMPV6).put(at + IPV6_HOP_LIMIT, (byte) HOPS);
        answer.put(at + IPV6_SOURCE, packet, from + IPV6_DESTINATION, IPV6_ADDRESS_OCTETS);
        answer.put(at + IPV6_DESTINATION, packet, from + IPV6_SOURCE, IPV6_ADDRESS_OCTETS);
        int icmp = at + IPV6_OCTETS;
        answer.putInt(icmp, PACKET_TOO_BIG << 24);
        answer.putInt(icmp + ICMPV6_MTU, Math.max(mtuBytes, IPV6_MIN_MTU));
        answer.put(icmp + ICMP_OCTETS, packet, from, quoted);
        long sum = InternetChecksum.add(ICMPV6 + payload, answer, icmp, payload);
        sum = InternetChecksum.add(sum, answer, at + IPV6_SOURCE, 2 * IPV6_ADDRESS_OCTETS);
        answer.putShort(icmp + ICMP_CHECKSUM, InternetChecksum.of(sum));
    }
}
