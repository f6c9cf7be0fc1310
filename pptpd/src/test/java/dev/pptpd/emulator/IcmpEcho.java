package dev.pptpd.emulator;

import java.util.Optional;

/** An ICMP echo message, RFC 792. */
record IcmpEcho(boolean request, int identifier, int sequence, Octets data) {
    private static final int REPLY_TYPE = 0;
    private static final int REQUEST_TYPE = 8;
    private static final int HEADER_LENGTH = 8;

    IcmpEcho reply() {
        return new IcmpEcho(false, identifier, sequence, data);
    }

    Ipv4Packet between(int source, int destination) {
        return new Ipv4Packet(source, destination, Ipv4Packet.ICMP, encode());
    }

    private Octets encode() {
        return encode(Ipv4Packet.internetChecksum(encode(0)));
    }

    private Octets encode(int checksum) {
        return new OctetWriter()
                .u8(request ? REQUEST_TYPE : REPLY_TYPE)
                .u8(0)
                .u16(checksum)
                .u16(identifier)
                .u16(sequence)
                .octets(data)
                .toOctets();
    }

    /** The echo inside the packet; nothing for anything else or a wrong checksum. */
    static Optional<IcmpEcho> in(Ipv4Packet packet) {
        Octets icmp = packet.payload();
        if (packet.protocol() != Ipv4Packet.ICMP
                || icmp.length() < HEADER_LENGTH
                || (icmp.u8(0) != REPLY_TYPE && icmp.u8(0) != REQUEST_TYPE)
                || Ipv4Packet.internetChecksum(icmp) != 0) {
            return Optional.empty();
        }
        return Optional.of(
                new IcmpEcho(
                        icmp.u8(0) == REQUEST_TYPE,
                        icmp.u16(4),
                        icmp.u16(6),
                        icmp.from(HEADER_LENGTH)));
    }
}
