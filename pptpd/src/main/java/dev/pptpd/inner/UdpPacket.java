package dev.pptpd.inner;

import java.nio.ByteBuffer;

/**
 * UDP over IPv4: views of a packet between a buffer's position and limit, which is a whole IPv4
 * packet. Ports and payload may be asked for only where {@link #isWhole} says so.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc768 RFC 768
 */
public final class UdpPacket {
    /** Octets of both headers in what {@link #complete} writes. */
    public static final int HEADERS_OCTETS = 28;

    // Specification: RFC 791 section 3.1, RFC 768
    private static final int IPV4_OCTETS = 20;
    private static final int IDENTIFICATION = 4;
    private static final int FRAGMENT = 6;
    private static final int TIME_TO_LIVE = 8;
    private static final int PROTOCOL = 9;
    private static final int HEADER_CHECKSUM = 10;
    private static final int SOURCE = 12;
    private static final int DESTINATION = 16;
    private static final int DONT_FRAGMENT = 0x4000;
    private static final int MORE_FRAGMENTS_AND_OFFSET = 0x3FFF;
    private static final int UDP = 17;
    private static final int UDP_OCTETS = 8;
    private static final int UDP_DESTINATION = 2;
    private static final int UDP_LENGTH = 4;
    private static final int UDP_CHECKSUM = 6;

    private static final int HOPS = 64;

    private UdpPacket() {}

    /** The sender's address as 32 bits. */
    public static int source(ByteBuffer packet) {
        return packet.getInt(packet.position() + SOURCE);
    }

    /** The receiver's address as 32 bits. */
    public static int destination(ByteBuffer packet) {
        return packet.getInt(packet.position() + DESTINATION);
    }

    /** Whether it is UDP, in one piece, of a length that fits. */
    public static boolean isWhole(ByteBuffer packet) {
        int at = packet.position();
        int udp = udp(packet);
        if (packet.get(at + PROTOCOL) != UDP
                || (packet.getShort(at + FRAGMENT) & MORE_FRAGMENTS_AND_OFFSET) != 0
                || udp - at < IPV4_OCTETS
                || packet.limit() - udp < UDP_OCTETS) {
            return false;
        }
        int length = packet.getShort(udp + UDP_LENGTH) & 0xFFFF;
        return length >= UDP_OCTETS && length <= packet.limit() - udp;
    }

    private static int udp(ByteBuffer packet) {
        int at = packet.position();
        return at + (packet.get(at) & 0x0F) * Integer.BYTES;
    }

    /** The number that its sender gave it, 0 to 65,535. */
    public static int identification(ByteBuffer packet) {
        return packet.getShort(packet.position() + IDENTIFICATION) & 0xFFFF;
    }

    /** How many routers it may still pass, 0 to 255. */
    public static int hops(ByteBuffer packet) {
        return packet.get(packet.position() + TIME_TO_LIVE) & 0xFF;
    }

    /** Lets it pass as many routers, 0 to 255. */
    public static void hops(ByteBuffer packet, int hops) {
        packet.put(packet.position() + TIME_TO_LIVE, (byte) hops);
        sealHeader(packet);
    }

    /**
     * Sends it to somebody else. Its checksum is summed up anew and not only changed: what a
     * virtual machine or a container of this host sent bears none yet, since a card would add it.
     */
    public static void readdress(ByteBuffer packet, int destination) {
        packet.putInt(packet.position() + DESTINATION, destination);
        sealHeader(packet);
        int udp = udp(packet);
        if (packet.getShort(udp + UDP_CHECKSUM) != 0) {
            seal(packet, udp, packet.getShort(udp + UDP_LENGTH) & 0xFFFF);
        }
    }

    /** The port it comes from. */
    public static int sourcePort(ByteBuffer packet) {
        return packet.getShort(udp(packet)) & 0xFFFF;
    }

    /** The port it goes to. */
    public static int destinationPort(ByteBuffer packet) {
        return packet.getShort(udp(packet) + UDP_DESTINATION) & 0xFFFF;
    }

    /** A view of what it carries. */
    public static ByteBuffer payload(ByteBuffer packet) {
        return packet.slice(udp(packet) + UDP_OCTETS, payloadOctets(packet));
    }

    /** The length of what it carries. */
    public static int payloadOctets(ByteBuffer packet) {
        return (packet.getShort(udp(packet) + UDP_LENGTH) & 0xFFFF) - UDP_OCTETS;
    }

    /** Where in the buffer that begins. */
    public static int payloadAt(ByteBuffer packet) {
        return udp(packet) + UDP_OCTETS;
    }

    /** Whether the checksum is right, or left out. */
    public static boolean isIntact(ByteBuffer packet) {
        int udp = udp(packet);
        int length = packet.getShort(udp + UDP_LENGTH) & 0xFFFF;
        return packet.getShort(udp + UDP_CHECKSUM) == 0
                || InternetChecksum.of(sum(packet, udp, length)) == 0;
    }

    private static long sum(ByteBuffer packet, int udp, int length) {
        int addresses = packet.position() + SOURCE;
        long pseudoHeader =
                InternetChecksum.add(UDP + length, packet, addresses, 2 * Integer.BYTES);
        return InternetChecksum.add(pseudoHeader, packet, udp, length);
    }

    /**
     * Writes both headers around a payload that lies {@value #HEADERS_OCTETS} octets behind the
     * position, and sets the limit to its end.
     */
    public static void complete(
            ByteBuffer packet,
            int source,
            int sourcePort,
            int destination,
            int destinationPort,
            int payloadOctets) {
        int at = packet.position();
        int total = HEADERS_OCTETS + payloadOctets;
        packet.limit(at + total);
        packet.putInt(at, 0x4500_0000 | total).putInt(at + Integer.BYTES, DONT_FRAGMENT);
        packet.put(at + TIME_TO_LIVE, (byte) HOPS).put(at + PROTOCOL, (byte) UDP);
        packet.putInt(at + SOURCE, source).putInt(at + DESTINATION, destination);
        sealHeader(packet);
        int udp = at + IPV4_OCTETS;
        int length = UDP_OCTETS + payloadOctets;
        packet.putShort(udp, (short) sourcePort);
        packet.putShort(udp + UDP_DESTINATION, (short) destinationPort);
        packet.putShort(udp + UDP_LENGTH, (short) length);
        seal(packet, udp, length);
    }

    private static void sealHeader(ByteBuffer packet) {
        int at = packet.position();
        packet.putShort(at + HEADER_CHECKSUM, (short) 0);
        long header = InternetChecksum.add(0, packet, at, udp(packet) - at);
        packet.putShort(at + HEADER_CHECKSUM, InternetChecksum.of(header));
    }

    private static void seal(ByteBuffer packet, int udp, int length) {
        packet.putShort(udp + UDP_CHECKSUM, (short) 0);
        short checksum = InternetChecksum.of(sum(packet, udp, length));
        // RFC 768: a checksum of zero says that there is none.
        packet.putShort(udp + UDP_CHECKSUM, checksum == 0 ? (short) -1 : checksum);
    }
}
