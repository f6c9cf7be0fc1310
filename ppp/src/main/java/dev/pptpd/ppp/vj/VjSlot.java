package dev.pptpd.ppp.vj;

import java.nio.ByteBuffer;

/** One connection: the headers of its latest packet. */
final class VjSlot {
    final ByteBuffer header = ByteBuffer.allocate(TcpHeader.MAX_OCTETS);
    int octets;
    int ipOctets;

    /** Octets of data behind the headers. */
    int dataOctets;

    /** When it was used last, in packets. */
    long used;

    boolean isUnused() {
        return octets == 0;
    }

    /** Keeps the headers of a packet whose headers have so many octets. */
    void keep(ByteBuffer packet, int headerOctets) {
        int at = packet.position();
        header.put(0, packet, at, headerOctets);
        octets = headerOctets;
        ipOctets = TcpHeader.ipOctets(packet, at);
        dataOctets = Math.max(0, packet.remaining() - headerOctets);
    }

    /** Whether a packet has the same addresses and ports. */
    boolean isOf(ByteBuffer packet, int at, int packetIpOctets) {
        return !isUnused()
                && packet.getLong(at + TcpHeader.IP_ADDRESSES)
                        == header.getLong(TcpHeader.IP_ADDRESSES)
                && packet.getInt(at + packetIpOctets) == header.getInt(ipOctets);
    }

    /** Whether all fields are the same that a compressed header cannot tell of. */
    boolean differsOnlyWhereTold(ByteBuffer packet, int at, int headerOctets) {
        int tcp = at + ipOctets;
        return headerOctets == octets
                && packet.getShort(at) == header.getShort(0)
                && packet.getShort(at + TcpHeader.IP_FRAGMENT)
                        == header.getShort(TcpHeader.IP_FRAGMENT)
                && packet.getShort(at + TcpHeader.IP_FRAGMENT + Short.BYTES)
                        == header.getShort(TcpHeader.IP_FRAGMENT + Short.BYTES)
                && packet.get(tcp + TcpHeader.DATA_OFFSET)
                        == header.get(ipOctets + TcpHeader.DATA_OFFSET)
                && flags(packet, tcp) == flags(header, ipOctets)
                && isSame(packet, at, TcpHeader.IP_MIN_OCTETS, ipOctets)
                && isSame(packet, at, ipOctets + TcpHeader.TCP_MIN_OCTETS, octets);
    }

    /** The flags that a compressed header does not bear; ECN came after the RFC. */
    private static int flags(ByteBuffer packet, int tcp) {
        return packet.get(tcp + TcpHeader.FLAGS) & ~(TcpHeader.PUSH | TcpHeader.URGENT);
    }

    /** Options have a multiple of four octets. */
    private boolean isSame(ByteBuffer packet, int at, int from, int to) {
        for (int offset = from; offset < to; offset += Integer.BYTES) {
            if (packet.getInt(at + offset) != header.getInt(offset)) {
                return false;
            }
        }
        return true;
    }

    /** A 16-bit field of the kept TCP header. */
    int tcpNumber(int field) {
        return TcpHeader.number(header, ipOctets + field);
    }

    /** A 32-bit field of the kept TCP header. */
    int tcpInt(int field) {
        return header.getInt(ipOctets + field);
    }
}
