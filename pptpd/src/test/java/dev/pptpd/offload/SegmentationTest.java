package dev.pptpd.offload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SegmentationTest {
    private static final int SLOT_OCTETS = 2_048;

    private final Segmentation segmentation =
            new Segmentation(ByteBuffer.allocateDirect(Segmentation.BUFFER_OCTETS));

    static Stream<TestPacket> everyKind() {
        TestPacket withOptions = TestPacket.tcp4();
        withOptions.options = new byte[] {1, 1, 8, 10, 1, 2, 3, 4, 5, 6, 7, 8};
        withOptions.flags = TestPacket.ACK | TestPacket.PSH | TestPacket.FIN | TestPacket.CWR;
        TestPacket wraps = TestPacket.tcp6();
        wraps.sequence = -2_000;
        wraps.flags |= TestPacket.PSH;
        TestPacket counts = TestPacket.udp4();
        counts.identification = 65_530;
        return Stream.of(
                TestPacket.tcp4(),
                withOptions,
                TestPacket.tcp6(),
                wraps,
                TestPacket.udp4(),
                counts,
                TestPacket.udp6());
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void takesASuperPacketApartIntoTheSegmentsThatItStandsFor(TestPacket kind) {
        Random random = new Random(1);
        for (int payloadOctets : new int[] {1, 99, 100, 101, 1_360, 1_361, 40_001, 65_000}) {
            byte[] payload = new byte[payloadOctets];
            random.nextBytes(payload);
            for (int segmentOctets : new int[] {100, 536, 1_360}) {
                List<byte[]> expected = new ArrayList<>();
                for (int index = 0; index * segmentOctets < payloadOctets; index++) {
                    expected.add(kind.segment(payload, index, segmentOctets));
                }
                assertThat(takenApart(kind.superPacket(payload, segmentOctets)))
                        .containsExactlyElementsOf(expected);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void completesTheChecksumOfAPacketThatIsOne(TestPacket kind) {
        byte[] payload = new byte[333];
        new Random(2).nextBytes(payload);
        byte[] packet = kind.partial(payload);
        ByteBuffer header = ByteBuffer.allocate(VirtioNetHeader.OCTETS);
        VirtioNetHeader.putSegments(
                header, 0, VirtioNetHeader.NO_SEGMENTS, 0, 0, kind.ipOctets(), kind.tcp ? 16 : 6);
        assertThat(takenApart(record(header.array(), packet))).containsExactly(kind.whole(payload));
    }

    @Test
    void leavesAWholePacketAsItIs() {
        byte[] packet = new byte[61];
        new Random(3).nextBytes(packet);
        packet[0] = 0x45;
        assertThat(takenApart(record(new byte[VirtioNetHeader.OCTETS], packet)))
                .containsExactly(packet);
    }

    @Test
    void neverWritesZeroForAChecksumOfUdp() {
        TestPacket kind = TestPacket.udp4();
        byte[] payload = new byte[2];
        ByteBuffer whole = ByteBuffer.wrap(kind.whole(payload));
        // With its own checksum as payload the sum becomes all ones, and its complement zero.
        ByteBuffer.wrap(payload).putShort(whole.getShort(26));
        byte[] packet = kind.whole(payload);
        assertThat(ByteBuffer.wrap(packet).getShort(26)).isEqualTo((short) 0xFFFF);
        assertThat(takenApart(kind.superPacket(payload, 1_000))).containsExactly(packet);
    }

    @Test
    void leavesOutWhatDoesNotFit() {
        byte[] payload = new byte[6_000];
        ByteBuffer source = record(TestPacket.tcp4().superPacket(payload, 3_000));
        assertThat(segmentation.begin()).isTrue();
        assertThat(segmentation.next(slot())).isFalse();
        assertThat(segmentation.hasNext()).isTrue();
        assertThat(segmentation.next(slot())).isFalse();
        assertThat(segmentation.hasNext()).isFalse();
        assertThat(source.limit()).isPositive();
    }

    @Test
    void takesNothingOutOfWhatMakesNoSense() {
        byte[] good = TestPacket.tcp4().superPacket(new byte[3_000], 1_000);
        assertThat(takenApart(with(good, 1, 3))).as("UDP fragments").isEmpty();
        assertThat(takenApart(with(good, 1, 4))).as("IPv6 by the header, IPv4 in fact").isEmpty();
        assertThat(takenApart(with(good, 0, 0))).as("segments without a checksum").isEmpty();
        assertThat(takenApart(with(with(good, 4, 0), 5, 0))).as("segments of nothing").isEmpty();
        assertThat(takenApart(with(good, 6, 19))).as("TCP inside IP's header").isEmpty();
        assertThat(takenApart(with(good, 7, 200))).as("TCP behind the end").isEmpty();
        assertThat(takenApart(with(good, 10, 0x44))).as("a header of 16 octets").isEmpty();
        assertThat(takenApart(with(good, 10 + 32, 0x40))).as("TCP's of 16 octets").isEmpty();
    }

    /** Whatever the octets are: no exception, and no more packets than octets. */
    @Test
    void survivesAnything() {
        Random random = new Random(4);
        byte[] good = TestPacket.tcp6().superPacket(new byte[3_000], 1_000);
        for (int round = 0; round < 100_000; round++) {
            byte[] record = good.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                record[random.nextInt(70)] = (byte) random.nextInt();
            }
            byte[] cut = new byte[10 + random.nextInt(record.length - 9)];
            System.arraycopy(record, 0, cut, 0, cut.length);
            assertThat(takenApart(cut)).hasSizeLessThanOrEqualTo(3_100);
        }
    }

    private static byte[] with(byte[] record, int index, int octet) {
        byte[] changed = record.clone();
        changed[index] = (byte) octet;
        return changed;
    }

    private ByteBuffer record(byte[]... parts) {
        ByteBuffer source = segmentation.source();
        int at = source.position() - VirtioNetHeader.OCTETS;
        for (byte[] part : parts) {
            source.put(at, part);
            at += part.length;
        }
        return source.limit(at);
    }

    private List<byte[]> takenApart(byte[] record) {
        return takenApart(record(record));
    }

    private List<byte[]> takenApart(ByteBuffer source) {
        assertThat(source.position()).isEqualTo(VirtioNetHeader.OCTETS);
        List<byte[]> segments = new ArrayList<>();
        boolean begun = segmentation.begin();
        assertThat(segmentation.hasNext()).isEqualTo(begun);
        while (segmentation.hasNext()) {
            ByteBuffer slot = slot();
            if (segmentation.next(slot)) {
                byte[] segment = new byte[slot.remaining()];
                slot.get(slot.position(), segment);
                segments.add(segment);
            }
        }
        return segments;
    }

    private static ByteBuffer slot() {
        return ByteBuffer.allocateDirect(64 + SLOT_OCTETS).position(64);
    }
}
