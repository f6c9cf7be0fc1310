package dev.pptpd.inner;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Packets of a tunnel, made by the book: every checksum is summed up anew. */
public final class InnerPackets {
    public static final int IPV4 = 20;
    public static final int IPV6 = 40;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int SYN = 2;

    private InnerPackets() {}

    /** A SYN with these options, a multiple of four octets in hex, and one octet behind it. */
    public static ByteBuffer syn4(String options) {
        byte[] segment = segment(SYN, options);
        ByteBuffer packet = ByteBuffer.allocate(IPV4 + segment.length);
        packet.putShort((short) 0x4500).putShort((short) packet.capacity());
        packet.putShort(6, (short) 0x4000).put(8, (byte) 64).put(9, (byte) TCP);
        packet.putInt(12, 0x0A63000A).putInt(16, 0xC0000201).put(IPV4, segment);
        return sealed4(packet.clear());
    }

    /** The same over IPv6. */
    public static ByteBuffer syn6(String options) {
        byte[] segment = segment(SYN, options);
        ByteBuffer packet = ByteBuffer.allocate(IPV6 + segment.length);
        packet.putInt(0x60000000).putShort((short) segment.length).put((byte) TCP).put((byte) 64);
        packet.putLong(8, 0x20010DB800000001L).putLong(16, 1);
        packet.putLong(24, 0x20010DB800000002L).putLong(32, 2).put(IPV6, segment);
        packet.putShort(IPV6 + 16, (short) 0);
        return packet.putShort(IPV6 + 16, checksum6(packet)).clear();
    }

    private static byte[] segment(int flags, String options) {
        byte[] octets = HexFormat.of().parseHex(options);
        ByteBuffer segment = ByteBuffer.allocate(20 + octets.length + 1);
        segment.putShort((short) 50_000).putShort((short) 443).putInt(1).putInt(0);
        segment.put((byte) ((5 + octets.length / 4) << 4)).put((byte) flags);
        return segment.putShort((short) 0xFFFF).putInt(0).put(octets).put((byte) 0x7E).array();
    }

    /** Puts the right checksums in. */
    public static ByteBuffer sealed4(ByteBuffer packet) {
        int header = (packet.get(0) & 0x0F) * 4;
        packet.putShort(10, (short) 0);
        packet.putShort(10, InternetChecksum.of(InternetChecksum.add(0, packet, 0, header)));
        packet.putShort(header + 16, (short) 0);
        return packet.putShort(header + 16, checksum4(packet));
    }

    /** What the TCP checksum should be on top of the one that is there: 0 when it is right. */
    public static short checksum4(ByteBuffer packet) {
        int header = (packet.get(0) & 0x0F) * 4;
        int octets = packet.limit() - header;
        long sum = InternetChecksum.add(packet.get(9) + octets, packet, 12, 8);
        return InternetChecksum.of(InternetChecksum.add(sum, packet, header, octets));
    }

    /** What the checksum of the IPv4 header should be on top of the one that is there. */
    public static short headerChecksum4(ByteBuffer packet) {
        int header = (packet.get(packet.position()) & 0x0F) * 4;
        return InternetChecksum.of(InternetChecksum.add(0, packet, packet.position(), header));
    }

    /** The same over IPv6, for TCP or ICMP. */
    public static short checksum6(ByteBuffer packet) {
        int octets = packet.limit() - IPV6;
        long sum = InternetChecksum.add(packet.get(6) + octets, packet, 8, 32);
        return InternetChecksum.of(InternetChecksum.add(sum, packet, IPV6, octets));
    }

    /** A copy of a packet, whatever its position. */
    public static byte[] octets(ByteBuffer packet) {
        byte[] octets = new byte[packet.limit()];
        packet.get(0, octets);
        return octets;
    }

    /** UDP with a payload. */
    public static ByteBuffer udp(
            int source, int sourcePort, int destination, int destinationPort, byte[] payload) {
        ByteBuffer packet = ByteBuffer.allocate(28 + payload.length);
        packet.putShort((short) 0x4500).putShort((short) packet.capacity());
        packet.put(8, (byte) 64).put(9, (byte) UDP).putInt(12, source).putInt(16, destination);
        packet.putShort(20, (short) sourcePort).putShort(22, (short) destinationPort);
        packet.putShort(24, (short) (8 + payload.length)).put(28, payload);
        packet.putShort(10, InternetChecksum.of(InternetChecksum.add(0, packet, 0, 20)));
        return packet.clear();
    }
}
