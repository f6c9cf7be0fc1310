package dev.pptpd.offload;

import static dev.pptpd.offload.Transport.ACK;
import static dev.pptpd.offload.Transport.ECE;
import static dev.pptpd.offload.Transport.IPV4_ADDRESSES;
import static dev.pptpd.offload.Transport.IPV4_DONT_FRAGMENT;
import static dev.pptpd.offload.Transport.IPV4_FRAGMENT;
import static dev.pptpd.offload.Transport.IPV4_IDENTIFICATION;
import static dev.pptpd.offload.Transport.IPV4_OCTETS;
import static dev.pptpd.offload.Transport.IPV4_PROTOCOL;
import static dev.pptpd.offload.Transport.IPV4_TIME_TO_LIVE;
import static dev.pptpd.offload.Transport.IPV4_TOTAL_LENGTH;
import static dev.pptpd.offload.Transport.IPV4_TYPE_OF_SERVICE;
import static dev.pptpd.offload.Transport.IPV6_ADDRESSES;
import static dev.pptpd.offload.Transport.IPV6_HOP_LIMIT;
import static dev.pptpd.offload.Transport.IPV6_NEXT_HEADER;
import static dev.pptpd.offload.Transport.IPV6_OCTETS;
import static dev.pptpd.offload.Transport.IPV6_PAYLOAD_LENGTH;
import static dev.pptpd.offload.Transport.PSH;
import static dev.pptpd.offload.Transport.TCP;
import static dev.pptpd.offload.Transport.TCP_ACKNOWLEDGMENT;
import static dev.pptpd.offload.Transport.TCP_DATA_OFFSET;
import static dev.pptpd.offload.Transport.TCP_FLAGS;
import static dev.pptpd.offload.Transport.TCP_OCTETS;
import static dev.pptpd.offload.Transport.TCP_SEQUENCE;
import static dev.pptpd.offload.Transport.UDP;
import static dev.pptpd.offload.Transport.UDP_CHECKSUM;
import static dev.pptpd.offload.Transport.UDP_LENGTH;
import static dev.pptpd.offload.Transport.UDP_OCTETS;

import dev.pptpd.inner.InternetChecksum;
import java.nio.ByteBuffer;

/**
 * A packet as far as it matters for a {@link SegmentRun}: data of TCP or UDP, with nothing about it
 * that a super-packet cannot say. One is used for packet after packet.
 */
final class Segment {
    private static final int MORE_FRAGMENTS_AND_OFFSET = 0x3FFF;
    private static final int PLAIN_IPV4 = 0x45;
    private static final int PLAIN_FLAGS = ACK | PSH | ECE;
    private static final int DATA_OFFSET_WORD_WITHOUT_PSH = ~(PSH << Short.SIZE);

    /** What a packet is for a run. */
    enum Kind {
        /** May begin one or continue one. */
        DATA,
        /** Must come after what its flow has sent so far. */
        OTHER_OF_FLOW,
        /** It cannot be told of which flow it is. */
        OTHER
    }

    private ByteBuffer packet = ByteBuffer.allocate(0);
    private int at;
    private boolean ipv4;
    private int protocol;
    private int transport;
    private int payload;

    /** Looks at the packet between position and limit. */
    Kind take(ByteBuffer octets) {
        packet = octets;
        at = octets.position();
        int length = octets.remaining();
        if (length < IPV4_OCTETS + UDP_OCTETS) {
            return Kind.OTHER;
        }
        int first = octets.get(at) & 0xFF;
        ipv4 = first == PLAIN_IPV4;
        boolean isPlain =
                ipv4 ? isWholeIpv4(octets, length) : first >> 4 == 6 && isWholeIpv6(octets, length);
        if (!isPlain) {
            return Kind.OTHER;
        }
        return switch (protocol) {
            case TCP -> takeTcp(octets);
            case UDP -> takeUdp(octets);
            default -> Kind.OTHER;
        };
    }

    private boolean isWholeIpv4(ByteBuffer octets, int length) {
        transport = at + IPV4_OCTETS;
        protocol = octets.get(at + IPV4_PROTOCOL);
        return word(at + IPV4_TOTAL_LENGTH) == length
                && (word(at + IPV4_FRAGMENT) & MORE_FRAGMENTS_AND_OFFSET) == 0;
    }

    private boolean isWholeIpv6(ByteBuffer octets, int length) {
        transport = at + IPV6_OCTETS;
        protocol = octets.get(at + IPV6_NEXT_HEADER);
        return word(at + IPV6_PAYLOAD_LENGTH) + IPV6_OCTETS == length;
    }

    private Kind takeTcp(ByteBuffer octets) {
        int limit = octets.limit();
        if (limit - transport < TCP_OCTETS) {
            return Kind.OTHER;
        }
        int header = (octets.get(transport + TCP_DATA_OFFSET) >> 4 & 0x0F) * Integer.BYTES;
        payload = transport + header;
        int flags = octets.get(transport + TCP_FLAGS);
        boolean isData =
                header >= TCP_OCTETS
                        && payload < limit
                        && (flags & ACK) != 0
                        && (flags & ~PLAIN_FLAGS) == 0;
        return isData ? Kind.DATA : Kind.OTHER_OF_FLOW;
    }

    private Kind takeUdp(ByteBuffer octets) {
        int limit = octets.limit();
        payload = transport + UDP_OCTETS;
        if (payload > limit) {
            return Kind.OTHER;
        }
        boolean isData =
                payload < limit
                        && word(transport + UDP_LENGTH) == limit - transport
                        && octets.getShort(transport + UDP_CHECKSUM) != 0;
        return isData ? Kind.DATA : Kind.OTHER_OF_FLOW;
    }

    ByteBuffer packet() {
        return packet;
    }

    boolean isIpv4() {
        return ipv4;
    }

    boolean isTcp() {
        return protocol == TCP;
    }

    int protocol() {
        return protocol;
    }

    /** Where the transport header begins, from the IP header on. */
    int transportAt() {
        return transport - at;
    }

    /** Octets of IP and transport header. */
    int headerOctets() {
        return payload - at;
    }

    /** Where the payload begins in the buffer. */
    int payloadIndex() {
        return payload;
    }

    int payloadOctets() {
        return packet.limit() - payload;
    }

    int sequenceNumber() {
        return packet.getInt(transport + TCP_SEQUENCE);
    }

    /** Whether the sender wants what it sent so far to be read at once. */
    boolean isPushed() {
        return isTcp() && (packet.get(transport + TCP_FLAGS) & PSH) != 0;
    }

    int identification() {
        return word(at + IPV4_IDENTIFICATION);
    }

    boolean mayBeFragmented() {
        return (word(at + IPV4_FRAGMENT) & IPV4_DONT_FRAGMENT) == 0;
    }

    /** Whether the other one is between the same ports of the same hosts. */
    boolean isOfFlow(Segment other) {
        return ipv4 == other.ipv4
                && protocol == other.protocol
                && packet.getInt(transport) == other.packet.getInt(other.transport)
                && hasSameAddresses(other);
    }

    private boolean hasSameAddresses(Segment other) {
        return ipv4
                ? packet.getLong(at + IPV4_ADDRESSES)
                        == other.packet.getLong(other.at + IPV4_ADDRESSES)
                : isSame(other, IPV6_ADDRESSES, IPV6_OCTETS);
    }

    /**
     * Whether one header can stand for both, apart from lengths, numbers and the order to push: a
     * change of the window, of an option or of ECN must be seen where it came.
     */
    boolean hasSameHeader(Segment other) {
        return (ipv4 ? hasSameIpv4(other) : hasSameIpv6(other))
                && (protocol == UDP || hasSameTcp(other));
    }

    private boolean hasSameIpv4(Segment other) {
        return packet.get(at + IPV4_TYPE_OF_SERVICE)
                        == other.packet.get(other.at + IPV4_TYPE_OF_SERVICE)
                && packet.get(at + IPV4_TIME_TO_LIVE)
                        == other.packet.get(other.at + IPV4_TIME_TO_LIVE)
                && packet.getShort(at + IPV4_FRAGMENT)
                        == other.packet.getShort(other.at + IPV4_FRAGMENT);
    }

    private boolean hasSameIpv6(Segment other) {
        return packet.getInt(at) == other.packet.getInt(other.at)
                && packet.get(at + IPV6_HOP_LIMIT) == other.packet.get(other.at + IPV6_HOP_LIMIT);
    }

    private boolean hasSameTcp(Segment other) {
        int offsetFlagsWindow = packet.getInt(transport + TCP_DATA_OFFSET);
        int others = other.packet.getInt(other.transport + TCP_DATA_OFFSET);
        return headerOctets() == other.headerOctets()
                && (offsetFlagsWindow & DATA_OFFSET_WORD_WITHOUT_PSH)
                        == (others & DATA_OFFSET_WORD_WITHOUT_PSH)
                && packet.getInt(transport + TCP_ACKNOWLEDGMENT)
                        == other.packet.getInt(other.transport + TCP_ACKNOWLEDGMENT)
                && isSame(other, transportAt() + TCP_OCTETS, headerOctets());
    }

    private boolean isSame(Segment other, int from, int to) {
        for (int offset = from; offset < to; offset += Integer.BYTES) {
            if (packet.getInt(at + offset) != other.packet.getInt(other.at + offset)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether its checksums are right. MPPE has none: what was damaged or forged on the way must
     * not be given a new one.
     */
    boolean isIntact() {
        if (ipv4 && InternetChecksum.of(InternetChecksum.add(0, packet, at, IPV4_OCTETS)) != 0) {
            return false;
        }
        int octets = packet.limit() - transport;
        long sum = pseudoHeaderSum(octets);
        return InternetChecksum.of(InternetChecksum.add(sum, packet, transport, octets)) == 0;
    }

    /** Addresses, protocol and a length of the transport header and what follows it. */
    long pseudoHeaderSum(int octets) {
        return ipv4
                ? InternetChecksum.add(
                        protocol + octets, packet, at + IPV4_ADDRESSES, 2 * Integer.BYTES)
                : InternetChecksum.add(
                        protocol + octets, packet, at + IPV6_ADDRESSES, 4 * Long.BYTES);
    }

    private int word(int index) {
        return Short.toUnsignedInt(packet.getShort(index));
    }
}
