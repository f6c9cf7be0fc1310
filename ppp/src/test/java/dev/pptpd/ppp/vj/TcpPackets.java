package dev.pptpd.ppp.vj;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;

/** One end of a TCP connection that sends what such an end might send. */
final class TcpPackets {
    static final int HEADROOM = 16;

    private static final int FIN = 0x01;
    private static final int SYN = 0x02;
    private static final int ACK = 0x10;
    private static final int ECE = 0x40;

    private final Random random;
    private final int address;
    private final int port;
    private int identification;
    private int sequence;
    private int acknowledged;
    private int window = 8_192;
    private int lastData;
    private byte[] options = new byte[0];

    TcpPackets(Random random, int connection) {
        this.random = random;
        this.address = 0x0a00_0005;
        this.port = 1_024 + connection;
        this.sequence = random.nextInt();
        this.acknowledged = random.nextInt();
        this.identification = random.nextInt(0x10000);
        if (connection % 3 == 1) {
            options = HexFormat.of().parseHex("0101080a0000000000000000");
        }
    }

    /** The next packet: data, echoes, bare acknowledgments, and now and then something special. */
    byte[] next() {
        identification += random.nextInt(8) == 0 ? random.nextInt(600) : 1;
        int flags = ACK;
        int data = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(400);
        int urgent = 0;
        switch (random.nextInt(24)) {
            case 0 -> acknowledged += lastData;
            case 1 -> window = random.nextInt(0x10000);
            case 2 -> {
                flags |= TcpHeader.URGENT;
                urgent = random.nextInt(0x10000);
            }
            case 3 -> flags |= FIN;
            case 4 -> flags |= SYN;
            case 5 -> sequence -= random.nextInt(5_000);
            case 6 -> acknowledged += 70_000;
            case 7 -> sequence += 0x10000;
            case 8 -> flags |= ECE;
            case 9, 10 -> {
                if (options.length > 0) {
                    options[options.length - 1]++;
                }
            }
            case 11 -> sequence -= lastData;
            case 12, 13, 14 -> acknowledged += random.nextInt(3_000);
            case 15 -> data = 0;
            default -> {}
        }
        flags |= random.nextBoolean() ? TcpHeader.PUSH : 0;
        byte[] packet = packet(flags, urgent, data);
        sequence += data;
        lastData = data;
        return packet;
    }

    private byte[] packet(int flags, int urgent, int data) {
        int tcpOctets = TcpHeader.TCP_MIN_OCTETS + options.length;
        int octets = TcpHeader.IP_MIN_OCTETS + tcpOctets + data;
        ByteBuffer packet = ByteBuffer.allocate(octets);
        packet.putShort((short) 0x4500).putShort((short) octets);
        packet.putShort((short) identification).putShort((short) 0x4000);
        packet.put((byte) 64).put((byte) TcpHeader.TCP).putShort((short) 0);
        packet.putInt(address).putInt(0x0a00_0001);
        packet.putShort((short) port).putShort((short) 80);
        packet.putInt(sequence).putInt(acknowledged);
        packet.put((byte) (tcpOctets << 2)).put((byte) flags).putShort((short) window);
        packet.putShort((short) 0).putShort((short) urgent).put(options);
        byte[] content = new byte[data];
        random.nextBytes(content);
        packet.put(content);
        TcpHeader.putIpChecksum(packet, 0, TcpHeader.IP_MIN_OCTETS);
        int at = TcpHeader.IP_MIN_OCTETS + TcpHeader.CHECKSUM;
        packet.putShort(at, (short) ~tcpSum(packet.array()));
        return packet.array();
    }

    /** Whether TCP would take it: its checksum over the pseudo header is right. */
    static boolean hasRightChecksum(byte[] packet) {
        return tcpSum(packet) == 0xFFFF;
    }

    private static int tcpSum(byte[] packet) {
        ByteBuffer octets = ByteBuffer.wrap(packet);
        int length = packet.length - TcpHeader.IP_MIN_OCTETS;
        int sum = TcpHeader.TCP + length;
        for (int at = TcpHeader.IP_ADDRESSES; at < packet.length; at += 2) {
            sum +=
                    at + 1 < packet.length
                            ? TcpHeader.number(octets, at)
                            : (packet[at] & 0xFF) << Byte.SIZE;
        }
        while (sum > 0xFFFF) {
            sum = (sum & 0xFFFF) + (sum >>> 16);
        }
        return sum;
    }

    /** In a buffer as a receiver has it: something before it, and room behind it. */
    static ByteBuffer buffer(byte[] packet) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(HEADROOM + packet.length + 256);
        buffer.position(HEADROOM).put(packet).flip().position(HEADROOM);
        return buffer;
    }

    static byte[] octets(ByteBuffer buffer) {
        byte[] octets = new byte[buffer.remaining()];
        buffer.get(buffer.position(), octets);
        return octets;
    }
}
