package dev.pptpd.offload;

import java.nio.ByteBuffer;

/**
 * Builds packets of TCP and UDP octet by octet, with checksums summed up the plain way: what the
 * fast code is checked against.
 */
public final class TestPacket {
    public static final int ACK = 0x10;
    public static final int PSH = 0x08;
    public static final int FIN = 0x01;
    public static final int CWR = 0x80;

    public final boolean ipv4;
    public final boolean tcp;
    public int identification = 100;
    public int fragment = 0x4000;
    public int sequence = 1_000;
    public int acknowledgment = 77;
    public int flags = ACK;
    public int window = 501;
    public int port = 40_000;
    public int timeToLive = 64;
    public byte[] options = {};
    public int source = 0x0A000001;
    public int destination = 0x0A000002;

    private TestPacket(boolean ipv4, boolean tcp) {
        this.ipv4 = ipv4;
        this.tcp = tcp;
    }

    public static TestPacket tcp4() {
        return new TestPacket(true, true);
    }

    /** A packet of the device: its header, and what stands for segments of the payload. */
    public byte[] superPacket(byte[] payload, int segmentOctets) {
        ByteBuffer header = ByteBuffer.allocate(VirtioNetHeader.OCTETS);
        int tcpType = ipv4 ? VirtioNetHeader.TCP_IPV4 : VirtioNetHeader.TCP_IPV6;
        VirtioNetHeader.putSegments(
                header,
                0,
                tcp ? tcpType : VirtioNetHeader.UDP,
                headerOctets(),
                segmentOctets,
                ipOctets(),
                tcp ? 16 : 6);
        byte[] packet = partial(payload);
        return ByteBuffer.allocate(VirtioNetHeader.OCTETS + packet.length)
                .put(header.array())
                .put(packet)
                .array();
    }

    public static TestPacket tcp6() {
        return new TestPacket(false, true);
    }

    public static TestPacket udp4() {
        return new TestPacket(true, false);
    }

    public static TestPacket udp6() {
        return new TestPacket(false, false);
    }

    public int ipOctets() {
        return ipv4 ? 20 : 40;
    }

    public int headerOctets() {
        return ipOctets() + (tcp ? 20 + options.length : 8);
    }

    /** Such a packet as one of a row: the payload's part, and the fields that count up. */
    public byte[] segment(byte[] payload, int index, int segmentOctets) {
        int from = index * segmentOctets;
        int octets = Math.min(segmentOctets, payload.length - from);
        boolean last = from + octets == payload.length;
        byte[] part = new byte[octets];
        System.arraycopy(payload, from, part, 0, octets);
        int segmentFlags = flags;
        if (!last) {
            segmentFlags &= ~(PSH | FIN);
        }
        if (index > 0) {
            segmentFlags &= ~CWR;
        }
        return build(part, sequence + from, identification + index, segmentFlags, false);
    }

    public byte[] whole(byte[] payload) {
        return build(payload, sequence, identification, flags, false);
    }

    /** With the pseudo header's sum in the place of the checksum, as the kernel leaves it. */
    public byte[] partial(byte[] payload) {
        return build(payload, sequence, identification, flags, true);
    }

    private byte[] build(byte[] payload, int number, int id, int tcpFlags, boolean partial) {
        int length = headerOctets() + payload.length;
        ByteBuffer packet = ByteBuffer.allocate(length);
        int transportOctets = length - ipOctets();
        if (ipv4) {
            packet.put((byte) 0x45).put((byte) 0).putShort((short) length);
            packet.putShort((short) id).putShort((short) fragment);
            packet.put((byte) timeToLive).put((byte) (tcp ? 6 : 17)).putShort((short) 0);
            packet.putInt(source).putInt(destination);
            packet.putShort(10, (short) ~sum(packet, 0, 20, 0));
        } else {
            packet.putInt(0x60000000).putShort((short) transportOctets);
            packet.put((byte) (tcp ? 6 : 17)).put((byte) timeToLive);
            packet.putLong(0xFD00_0000_0000_0000L).putLong(1);
            packet.putLong(0xFD00_0000_0000_0000L).putLong(2);
        }
        packet.putShort((short) port).putShort((short) 443);
        if (tcp) {
            packet.putInt(number).putInt(acknowledgment);
            packet.put((byte) ((20 + options.length) << 2)).put((byte) tcpFlags);
            packet.putShort((short) window).putInt(0).put(options);
        } else {
            packet.putShort((short) transportOctets).putShort((short) 0);
        }
        packet.put(payload);
        int at = ipOctets() + (tcp ? 16 : 6);
        int pseudo =
                ipv4
                        ? sum(packet, 12, 8, (tcp ? 6 : 17) + transportOctets)
                        : sum(packet, 8, 32, (tcp ? 6 : 17) + transportOctets);
        if (partial) {
            packet.putShort(at, (short) pseudo);
        } else {
            short checksum = (short) ~sum(packet, ipOctets(), transportOctets, pseudo);
            packet.putShort(at, checksum == 0 && !tcp ? (short) 0xFFFF : checksum);
        }
        return packet.array();
    }

    private static int sum(ByteBuffer octets, int at, int count, int start) {
        int sum = start;
        for (int index = 0; index < count; index++) {
            int octet = octets.get(at + index) & 0xFF;
            sum += index % 2 == 0 ? octet << 8 : octet;
            sum = (sum & 0xFFFF) + (sum >>> 16);
        }
        return (sum & 0xFFFF) + (sum >>> 16);
    }
}
