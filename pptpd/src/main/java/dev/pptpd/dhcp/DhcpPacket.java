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

    /**
     * Whether a server answers with it. Allocates nothing.
     *
     * @param packet a whole IPv4 packet between position and limit
     * @param client our inner address, as 32 bits
     */
    static boolean isForClient(ByteBuffer packet, int client) {
        int destination = UdpPacket.destination(packet);
        return (destination == BROADCAST || destination == client)
                && UdpPacket.isWhole(packet)
                && UdpPacket.destinationPort(packet) == CLIENT_PORT
                && UdpPacket.sourcePort(packet) == SERVER_PORT;
    }

    static Ipv4Address source(ByteBuffer packet) {
        return new Ipv4Address(UdpPacket.source(packet));
    }

    static ByteBuffer payload(ByteBuffer packet) {
        return UdpPacket.payload(packet);
    }

    /** Writes an answer; the limit is set to its end. */
    static void writeAnswer(
            DhcpMessage answer, Ipv4Address from, Ipv4Address to, ByteBuffer packet) {
        write(answer, packet);
        UdpPacket.complete(
                packet, from.value(), SERVER_PORT, to.value(), CLIENT_PORT, answer.octets());
    }

    /** Writes a question to whatever server there is; the limit is set to its end. */
    static void writeQuestion(DhcpMessage question, Ipv4Address from, ByteBuffer packet) {
        write(question, packet);
        UdpPacket.complete(
                packet, from.value(), CLIENT_PORT, BROADCAST, SERVER_PORT, question.octets());
    }

    private static void write(DhcpMessage message, ByteBuffer packet) {
        int payload = packet.position() + UdpPacket.HEADERS_OCTETS;
        ByteBuffer room = packet.duplicate().position(payload);
        room.limit(payload + message.octets());
        message.encode(room);
    }
}
