package dev.pptpd.emulator;

import java.util.Optional;

/**
 * An IPv4 packet without options.
 *
 * @param source the address as a number, first octet highest
 */
public record Ipv4Packet(int source, int destination, int protocol, Octets payload) {
    public static final int ICMP = 1;

    private static final int HEADER_LENGTH = 20;

    public Octets encode() {
        Octets header = header(0);
        return header(internetChecksum(header)).plus(payload);
    }

    private Octets header(int checksum) {
        return new OctetWriter()
                .u16(0x4500)
                .u16(HEADER_LENGTH + payload.length())
                .u32(0)
                .u8(64)
                .u8(protocol)
                .u16(checksum)
                .u32(source)
                .u32(destination)
                .toOctets();
    }

    /** Decodes the packet, bound by its total length, or nothing when it is cut short. */
    public static Optional<Ipv4Packet> decode(Octets packet) {
        if (packet.length() < HEADER_LENGTH || packet.u8(0) >> 4 != 4) {
            return Optional.empty();
        }
        int headerLength = (packet.u8(0) & 0xf) * 4;
        int totalLength = packet.u16(2);
        if (headerLength < HEADER_LENGTH
                || totalLength < headerLength
                || totalLength > packet.length()) {
            return Optional.empty();
        }
        return Optional.of(
                new Ipv4Packet(
                        packet.u32(12),
                        packet.u32(16),
                        packet.u8(9),
                        packet.slice(headerLength, totalLength)));
    }

    /** The checksum of RFC 1071 over octets whose own checksum field is zero. */
    static int internetChecksum(Octets octets) {
        int sum = 0;
        for (int at = 0; at < octets.length(); at += 2) {
            sum += at + 1 < octets.length() ? octets.u16(at) : octets.u8(at) << 8;
        }
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return ~sum & 0xffff;
    }
}
