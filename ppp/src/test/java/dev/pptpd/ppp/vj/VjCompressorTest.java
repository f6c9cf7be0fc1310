package dev.pptpd.ppp.vj;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compressed headers octet by octet, as RFC 1144 section 3.2 draws them. */
final class VjCompressorTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final int CHECKSUM = 0xABCD;

    private final VjCompressor compressor = new VjCompressor(VjParameters.DEFAULT);

    /** 20 octets of IP and 20 of TCP; the checksums are not looked at. */
    static byte[] packet(int identification, int sequence, int acknowledged, int data) {
        ByteBuffer packet = ByteBuffer.allocate(40 + data);
        packet.putShort((short) 0x4500).putShort((short) (40 + data));
        packet.putShort((short) identification).putShort((short) 0x4000);
        packet.put((byte) 64).put((byte) 6).putShort((short) 0).putInt(0x0a000005);
        packet.putInt(0x0a000001).putShort((short) 1025).putShort((short) 23);
        packet.putInt(sequence).putInt(acknowledged);
        packet.put((byte) 0x50).put((byte) 0x10).putShort((short) 4096);
        packet.putShort((short) CHECKSUM).putShort((short) 0);
        TcpHeader.putIpChecksum(packet, 0, 20);
        return packet.array();
    }

    @ParameterizedTest
    @CsvSource({
        // identification, sequence, acknowledged, data: header of the second packet
        "11, 101, 1, 100, 0fabcd", // more of a stream
        "11, 101, 101, 100, 0babcd", // typed characters and their echo
        "11, 101, 1, 0, 0fabcd",
        "11, 101, 3, 100, 0cabcd0264",
        "11, 1, 3, 0, 04abcd02", // an acknowledgment
        "12, 101, 1, 100, 2fabcd02",
        "310, 101, 1, 100, 2fabcd00012c",
        "10, 101, 1, 100, 2fabcd000000",
        "11, 357, 1, 100, 08abcd000164",
        "11, 256, 1, 100, 08abcdff"
    })
    void saysOnlyWhatChanged(
            int identification, int sequence, int acknowledged, int data, String header) {
        compress(packet(10, 1, 1, 100));
        assertThat(compress(packet(identification, sequence, acknowledged, data)))
                .isEqualTo("COMPRESSED_TCP " + header);
    }

    @ParameterizedTest
    @CsvSource({
        "11, 1, 1, 100", // a retransmission
        "11, 1, 1, 0", // a window probe, or an acknowledgment that is repeated
        "11, 0, 1, 100", // back
        "11, 65537, 1, 100", // too far
        "11, 1, 65537, 100"
    })
    void sendsInFullWhatItCannotSay(int identification, int sequence, int acknowledged, int data) {
        compress(packet(10, 1, 1, 100));
        byte[] packet = packet(identification, sequence, acknowledged, data);
        assertThat(compress(packet)).startsWith("UNCOMPRESSED_TCP 4500");
    }

    @Test
    void sendsDataAfterABareAcknowledgmentCompressed() {
        compress(packet(10, 1, 1, 0));
        assertThat(compress(packet(11, 1, 1, 5))).isEqualTo("COMPRESSED_TCP 00abcd");
    }

    @Test
    void putsTheConnectionIntoTheProtocolField() {
        compress(packet(1, 1, 1, 4));
        byte[] other = packet(1, 1, 1, 4);
        other[20]++;
        ByteBuffer buffer = TcpPackets.buffer(other);
        assertThat(compressor.compress(buffer)).isEqualTo(VjPacket.UNCOMPRESSED_TCP);
        assertThat(buffer.get(buffer.position() + 9)).isEqualTo((byte) 1);
        assertThat(buffer.remaining()).isEqualTo(other.length);
    }

    @Test
    void namesTheConnectionWhenItIsAnotherThanBefore() {
        byte[] other = packet(1, 1, 1, 4);
        other[20]++;
        compress(packet(10, 1, 1, 100));
        compress(other);
        assertThat(compress(packet(11, 101, 1, 100))).isEqualTo("COMPRESSED_TCP 4f00abcd");
        assertThat(compress(packet(12, 201, 1, 100))).isEqualTo("COMPRESSED_TCP 0fabcd");
    }

    @Test
    void namesTheConnectionAlwaysWhereThePeerWantsIt() {
        VjCompressor explicit = new VjCompressor(new VjParameters(16, false));
        explicit.compress(TcpPackets.buffer(packet(10, 1, 1, 100)));
        ByteBuffer next = TcpPackets.buffer(packet(11, 101, 1, 100));
        assertThat(explicit.compress(next)).isEqualTo(VjPacket.COMPRESSED_TCP);
        assertThat(HEX.formatHex(TcpPackets.octets(next))).startsWith("4f00abcd");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 60", // IPv6
        "0, 44", // a header of 16 octets
        "0, 4f", // a header that is longer than the packet
        "3, 50", // longer than its packet
        "6, 20", // more fragments
        "7, 01", // a later fragment
        "9, 11", // UDP
        "32, 40", // a TCP header of 16 octets
        "32, f0", // one that is longer than the packet
        "33, 12", // SYN
        "33, 11", // FIN
        "33, 14", // RST
        "33, 00" // no acknowledgment
    })
    void leavesAllElseAlone(int at, String octet) {
        byte[] packet = packet(10, 1, 1, 10);
        packet[at] = (byte) Integer.parseInt(octet, 16);
        assertThat(compress(packet)).isEqualTo("IP " + HEX.formatHex(packet, 0, 40));
    }

    @ParameterizedTest
    @CsvSource({"1, 04", "6, 00", "8, 3f", "33, 50"})
    void sendsInFullWhatChangedAndIsNotToldOf(int at, String octet) {
        compress(packet(10, 1, 1, 100));
        byte[] packet = packet(11, 101, 1, 100);
        packet[at] = (byte) Integer.parseInt(octet, 16);
        assertThat(compress(packet)).startsWith("UNCOMPRESSED_TCP");
    }

    @Test
    void leavesAPacketAloneThatIsTooShort() {
        byte[] packet = packet(10, 1, 1, 10);
        for (int octets = 0; octets < packet.length; octets++) {
            ByteBuffer cut = ByteBuffer.wrap(packet, 0, octets);
            assertThat(compressor.compress(cut)).isEqualTo(VjPacket.IP);
        }
    }

    /** The kind and the header; of a compressed packet everything but its data. */
    private String compress(byte[] packet) {
        ByteBuffer buffer = TcpPackets.buffer(packet);
        VjPacket kind = compressor.compress(buffer);
        int end =
                kind == VjPacket.COMPRESSED_TCP ? TcpPackets.HEADROOM + 40 : buffer.position() + 40;
        byte[] header = new byte[end - buffer.position()];
        buffer.get(buffer.position(), header);
        return kind + " " + HEX.formatHex(header);
    }
}
