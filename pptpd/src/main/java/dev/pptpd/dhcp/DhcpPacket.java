package dev.pptpd.dhcp;

import dev.pptpd.inner.UdpPacket;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.nio.ByteBuffer;

/** A message on its way: UDP between ports 67 and 68, over IPv4. */
public final class DhcpPacket {
    /** Room that an answer needs at most: all options full. */
    public static final int MAX_OCTETS = 1_400;

    // Specification: RFC 2131 section 4.1
    private static final int SERVER_PORT = 67;
    private static final int CLIENT_PORT = 68;

    private static final int BROADCAST = -1;

    private DhcpPacket() {}

    /**
     * Whether a client asks with it. Allocates nothing.
     *
     * @param packet a whole IPv4 packet between position and limit
     * @param server our inner address, as 32 bits
     */
    public static boolean isForServer(ByteBuffer packet, int server) {
        int destination = UdpPacket.destination(packet);
        return (destination == BROADCAST || destination == server)
                && UdpPacket.isWhole(packet)
                && UdpPacket.destinationPort(packet) == SERVER_PORT
                && UdpPacket.sourcePort(packet) == CLIENT_PORT;
    }

    static Ipv4Address source(ByteBuffer packet) {
        return new Ipv4Address(UdpPacket.source(packet));
    }

    static ByteBuffer payload(ByteBuffer packet) {
        return UdpPacket.payload(packet);
    }

    static void write(DhcpMessage reply, Ipv4Address from, Ipv4Address to, ByteBuffer packet) {
        int payload = packet.position() + UdpPacket.HEADERS_OCTETS;
        ByteBuffer message = packet.duplicate().position(payload);
        message.limit(payload + reply.octets());
        reply.encode(message);
        UdpPacket.complete(
                packet, from.value(), SERVER_PORT, to.value(), CLIENT_PORT, reply.octets());
    }
}
