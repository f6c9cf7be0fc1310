package dev.pptpd.ppp.vj;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must not harm: cut, foreign and random octets; and what it costs. */
final class VjDecompressorTest {
    private static final int FUZZ_PACKETS = 400_000;
    private static final int MEASURED_PACKETS = 200_000;
    private static final int MAX_HEADER_OCTETS = 120;

    private final VjDecompressor decompressor = new VjDecompressor(VjParameters.DEFAULT);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0fabcd61", // before any packet in full
                "4f00abcd61", // a connection that is not known yet
                "4f10abcd61", // one that cannot be
                "4fffabcd61"
            })
    void dropsWhatBelongsToNoConnection(String packet) {
        assertThat(decompressor.decompress(buffer(packet))).isFalse();
    }

    @Test
    void dropsACompressedHeaderThatIsCutOffAnywhere() {
        byte[] header = HexFormat.of().parseHex("7700abcd000102000304000506000708");
        for (int octets = 0; octets < header.length; octets++) {
            assertThat(decompressor.takeUncompressed(full())).isTrue();
            ByteBuffer cut = TcpPackets.buffer(Arrays.copyOf(header, octets));
            assertThat(decompressor.decompress(cut)).as("%d octets", octets).isFalse();
        }
        assertThat(decompressor.takeUncompressed(full())).isTrue();
        assertThat(decompressor.decompress(TcpPackets.buffer(header))).isTrue();
    }

    @Test
    void dropsAPacketInFullThatIsCutOffAnywhere() {
        byte[] packet = TcpPackets.octets(full());
        for (int octets = 0; octets < packet.length; octets++) {
            ByteBuffer cut = TcpPackets.buffer(Arrays.copyOf(packet, octets));
            assertThat(decompressor.takeUncompressed(cut)).as("%d octets", octets).isFalse();
        }
    }

    @Test
    void dropsAPacketInFullForAConnectionThatCannotBe() {
        ByteBuffer packet = full();
        packet.put(packet.position() + TcpHeader.IP_PROTOCOL, (byte) 16);
        assertThat(decompressor.takeUncompressed(packet)).isFalse();
    }

    @Test
    void dropsWhatHasNoRoomToGrow() {
        assertThat(decompressor.takeUncompressed(full())).isTrue();
        ByteBuffer tight = ByteBuffer.wrap(HexFormat.of().parseHex("0fabcd6162"));
        assertThat(decompressor.decompress(tight)).isFalse();
    }

    @Test
    void movesTheDataBackWhereThereIsNoRoomBefore() {
        assertThat(decompressor.takeUncompressed(full())).isTrue();
        ByteBuffer packet = ByteBuffer.allocate(64).put(HexFormat.of().parseHex("0fabcd6162"));
        assertThat(decompressor.decompress(packet.flip())).isTrue();
        assertThat(packet.remaining()).isEqualTo(42);
        assertThat(packet.getShort(packet.limit() - 2)).isEqualTo((short) 0x6162);
    }

    /** Whatever comes, what goes out is one IPv4 packet with a right header and within bounds. */
    @Test
    void survivesRandomOctets() {
        Random random = new Random(57_005);
        int taken = 0;
        for (int n = 0; n < FUZZ_PACKETS; n++) {
            byte[] octets = new byte[random.nextInt(80)];
            random.nextBytes(octets);
            boolean full = random.nextInt(4) == 0;
            if (full && octets.length >= 40) {
                octets[0] = (byte) (0x45 + random.nextInt(3));
                octets[2] = 0;
                octets[3] = (byte) octets.length;
                octets[9] = (byte) random.nextInt(20);
                octets[32] = (byte) (0x50 + (random.nextInt(3) << 4));
            } else if (octets.length > 1) {
                octets[1] = (byte) random.nextInt(18);
            }
            ByteBuffer packet = TcpPackets.buffer(octets);
            boolean fine =
                    full ? decompressor.takeUncompressed(packet) : decompressor.decompress(packet);
            if (fine) {
                taken++;
                assertThat(packet.remaining())
                        .isLessThanOrEqualTo(octets.length + MAX_HEADER_OCTETS)
                        .isEqualTo(packet.getShort(packet.position() + 2) & 0xFFFF);
                assertThat(packet.get(packet.position()) >> 4).isEqualTo(4);
                assertThat(packet.get(packet.position() + 9)).isEqualTo((byte) TcpHeader.TCP);
            }
        }
        assertThat(taken).isGreaterThan(FUZZ_PACKETS / 10);
    }

    @Test
    void allocatesNothingPerPacketOnEitherSide() {
        VjCompressor compressor = new VjCompressor(VjParameters.DEFAULT);
        byte[] packet = VjCompressorTest.packet(1, 1, 1, 100);
        ByteBuffer buffer = TcpPackets.buffer(packet);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        exchange(compressor, buffer, packet, MEASURED_PACKETS);
        long before = threads.getCurrentThreadAllocatedBytes();
        int carried = exchange(compressor, buffer, packet, MEASURED_PACKETS);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(carried).isEqualTo(MEASURED_PACKETS);
        assertThat(allocated).isBetween(0L, MEASURED_PACKETS - 1L);
    }

    private int exchange(VjCompressor compressor, ByteBuffer buffer, byte[] packet, int packets) {
        int carried = 0;
        for (int n = 0; n < packets; n++) {
            buffer.clear().position(TcpPackets.HEADROOM).put(packet).flip();
            buffer.position(TcpPackets.HEADROOM);
            buffer.putInt(TcpPackets.HEADROOM + 24, 100 * n);
            boolean fine =
                    switch (compressor.compress(buffer)) {
                        case IP -> false;
                        case UNCOMPRESSED_TCP -> decompressor.takeUncompressed(buffer);
                        case COMPRESSED_TCP -> decompressor.decompress(buffer);
                    };
            carried += fine ? 1 : 0;
        }
        return carried;
    }

    /** The first packet of connection 0, in full. */
    private static ByteBuffer full() {
        ByteBuffer packet = TcpPackets.buffer(VjCompressorTest.packet(1, 1, 1, 10));
        packet.put(packet.position() + TcpHeader.IP_PROTOCOL, (byte) 0);
        return packet;
    }

    private static ByteBuffer buffer(String hex) {
        return TcpPackets.buffer(HexFormat.of().parseHex(hex));
    }
}
