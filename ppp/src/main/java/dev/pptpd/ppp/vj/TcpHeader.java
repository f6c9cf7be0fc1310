package dev.pptpd.ppp.vj;

import java.nio.ByteBuffer;

/**
 * Where things stand in an IPv4 header and the TCP header behind it.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc791#section-3.1 RFC 791 section 3.1
 * @spec https://www.rfc-editor.org/rfc/rfc793#section-3.1 RFC 793 section 3.1
 */
final class TcpHeader {
    static final int IP_TOTAL_LENGTH = 2;
    static final int IP_IDENTIFICATION = 4;
    static final int IP_FRAGMENT = 6;
    static final int IP_PROTOCOL = 9;
    static final int IP_CHECKSUM = 10;
    static final int IP_ADDRESSES = 12;
    static final int IP_MIN_OCTETS = 20;

    static final int SEQUENCE = 4;
    static final int ACKNOWLEDGMENT = 8;
    static final int DATA_OFFSET = 12;
    static final int FLAGS = 13;
    static final int WINDOW = 14;
    static final int CHECKSUM = 16;
    static final int URGENT_POINTER = 18;
    static final int TCP_MIN_OCTETS = 20;

    static final int TCP = 6;
    static final int PUSH = 0x08;
    static final int URGENT = 0x20;

    /** An IP header and a TCP header with all the options that fit. */
    static final int MAX_OCTETS = 2 * 15 * Integer.BYTES;

    private TcpHeader() {}

    /** Octets of the IPv4 header at {@code at}: 0 to 60, whatever is there. */
    static int ipOctets(ByteBuffer packet, int at) {
        return (packet.get(at) & 0x0F) * Integer.BYTES;
    }

    /** Octets of the TCP header at {@code tcp}: 0 to 60, whatever is there. */
    static int tcpOctets(ByteBuffer packet, int tcp) {
        return ((packet.get(tcp + DATA_OFFSET) & 0xF0) >> 4) * Integer.BYTES;
    }

    /**
     * Octets of both headers of the packet between position and limit; 0 where there is no whole
     * IPv4 header with a whole TCP header behind it, whatever the protocol field says.
     */
    static int octets(ByteBuffer packet) {
        int at = packet.position();
        int octets = packet.remaining();
        if (octets < IP_MIN_OCTETS + TCP_MIN_OCTETS || (packet.get(at) & 0xF0) != 0x40) {
            return 0;
        }
        int ip = ipOctets(packet, at);
        if (ip < IP_MIN_OCTETS || octets < ip + TCP_MIN_OCTETS) {
            return 0;
        }
        int tcp = tcpOctets(packet, at + ip);
        return tcp < TCP_MIN_OCTETS || octets < ip + tcp ? 0 : ip + tcp;
    }

    /** An unsigned 16-bit field. */
    static int number(ByteBuffer packet, int at) {
        return packet.getShort(at) & 0xFFFF;
    }

    /** Writes the checksum of the IPv4 header at {@code at}. */
    static void putIpChecksum(ByteBuffer packet, int at, int ipOctets) {
        packet.putShort(at + IP_CHECKSUM, (short) 0);
        int sum = 0;
        for (int offset = 0; offset < ipOctets; offset += Short.BYTES) {
            sum += number(packet, at + offset);
        }
        sum = (sum & 0xFFFF) + (sum >>> 16);
        sum = (sum & 0xFFFF) + (sum >>> 16);
        packet.putShort(at + IP_CHECKSUM, (short) ~sum);
    }
}
