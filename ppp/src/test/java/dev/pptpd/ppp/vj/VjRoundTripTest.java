package dev.pptpd.ppp.vj;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A compressor against a decompressor, by TCP streams that do what streams do. */
final class VjRoundTripTest {
    private static final int PACKETS = 60_000;

    private final Map<VjPacket, Integer> kinds = new EnumMap<>(VjPacket.class);

    @ParameterizedTest
    @CsvSource({"16, true, 1", "16, true, 12", "16, false, 12", "2, true, 7", "16, true, 40"})
    void givesEveryPacketBackWhereNothingIsLost(int slots, boolean omitsSlot, int connections) {
        VjParameters parameters = new VjParameters(slots, omitsSlot);
        VjCompressor compressor = new VjCompressor(parameters);
        VjDecompressor decompressor = new VjDecompressor(parameters);
        Random random = new Random(1_144);
        List<TcpPackets> streams = streams(random, connections);
        for (int n = 0; n < PACKETS; n++) {
            byte[] packet = streams.get(random.nextInt(connections)).next();
            ByteBuffer buffer = TcpPackets.buffer(packet);
            VjPacket kind = compressor.compress(buffer);
            kinds.merge(kind, 1, Integer::sum);
            assertThat(take(decompressor, kind, buffer)).isTrue();
            assertThat(TcpPackets.octets(buffer)).as("packet %d", n).isEqualTo(packet);
        }
        assertThat(kinds.get(VjPacket.COMPRESSED_TCP)).isGreaterThan(PACKETS / 50);
        assertThat(kinds).hasSize(3);
    }

    /** RFC 1144 section 4: what a loss spoils, TCP's checksum finds. */
    @Test
    void letsNothingWrongThroughThatTcpWouldTake() {
        VjCompressor compressor = new VjCompressor(VjParameters.DEFAULT);
        VjDecompressor decompressor = new VjDecompressor(VjParameters.DEFAULT);
        Random random = new Random(4);
        List<TcpPackets> streams = streams(random, 9);
        int right = 0;
        int wrongAndTaken = 0;
        for (int n = 0; n < PACKETS; n++) {
            byte[] packet = streams.get(random.nextInt(streams.size())).next();
            ByteBuffer buffer = TcpPackets.buffer(packet);
            VjPacket kind = compressor.compress(buffer);
            if (random.nextInt(20) == 0) {
                decompressor.toss();
            } else if (take(decompressor, kind, buffer)) {
                byte[] arrived = TcpPackets.octets(buffer);
                boolean same = isSameToTcp(arrived, packet);
                right += same ? 1 : 0;
                wrongAndTaken += !same && TcpPackets.hasRightChecksum(arrived) ? 1 : 0;
            }
        }
        assertThat(wrongAndTaken).as("of 60,000; a checksum has 16 bits").isLessThanOrEqualTo(1);
        assertThat(right).isGreaterThan(PACKETS / 2);
    }

    /** The identification of the IP packet may be wrong after a loss; nobody looks at it. */
    private static boolean isSameToTcp(byte[] arrived, byte[] packet) {
        int from = TcpHeader.IP_ADDRESSES;
        return Arrays.equals(arrived, from, arrived.length, packet, from, packet.length);
    }

    @Test
    void tossesPacketsWithoutAConnectionUntilOneNamesIt() {
        VjCompressor compressor = new VjCompressor(VjParameters.DEFAULT);
        VjDecompressor decompressor = new VjDecompressor(VjParameters.DEFAULT);
        Stream stream = new Stream();
        assertThat(stream.send(compressor, decompressor)).isTrue();
        assertThat(stream.send(compressor, decompressor)).isTrue();
        decompressor.toss();
        assertThat(stream.send(compressor, decompressor)).isFalse();
        stream.repeat();
        assertThat(stream.send(compressor, decompressor)).as("in full").isTrue();
        assertThat(stream.send(compressor, decompressor)).isTrue();
    }

    /** One connection that sends 100 octets each time. */
    private static final class Stream {
        private int sequence = 1;
        private int identification = 7;

        boolean send(VjCompressor compressor, VjDecompressor decompressor) {
            byte[] packet = VjCompressorTest.packet(identification++, sequence, 1, 100);
            sequence += 100;
            ByteBuffer buffer = TcpPackets.buffer(packet);
            VjPacket kind = compressor.compress(buffer);
            return take(decompressor, kind, buffer)
                    && Arrays.equals(TcpPackets.octets(buffer), packet);
        }

        /** As TCP does, which gets no acknowledgment. */
        void repeat() {
            sequence -= 100;
        }
    }

    private static List<TcpPackets> streams(Random random, int connections) {
        List<TcpPackets> streams = new ArrayList<>();
        for (int index = 0; index < connections; index++) {
            streams.add(new TcpPackets(random, index));
        }
        return streams;
    }

    private static boolean take(VjDecompressor decompressor, VjPacket kind, ByteBuffer packet) {
        return switch (kind) {
            case IP -> true;
            case UNCOMPRESSED_TCP -> decompressor.takeUncompressed(packet);
            case COMPRESSED_TCP -> decompressor.decompress(packet);
        };
    }
}
