package dev.pptpd.offload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written is taken apart again: it must be what was added. */
final class SegmentRunsTest implements SegmentRuns.Outlet<String> {
    private static final int HEADROOM = 64;

    private final SegmentRuns<String> runs = new SegmentRuns<>(this);
    private final Segmentation segmentation =
            new Segmentation(ByteBuffer.allocateDirect(Segmentation.BUFFER_OCTETS));
    private final Map<String, List<byte[]>> written = new HashMap<>();
    private final List<Integer> writes = new ArrayList<>();

    @Override
    public void write(String owner, ByteBuffer packet) {
        written.computeIfAbsent(owner, _ -> new ArrayList<>()).add(octets(packet));
        writes.add(1);
    }

    @Override
    public void write(String owner, SegmentRun run) {
        ByteBuffer source = segmentation.source();
        ByteBuffer header = ByteBuffer.allocate(VirtioNetHeader.OCTETS);
        run.finish(header);
        int at = source.position();
        source.put(0, header.array());
        source.put(at, octets(run.head()));
        at += run.head().remaining();
        for (int index = 1; index < run.size(); index++) {
            ByteBuffer buffer = run.payloadBuffer(index);
            int octets = buffer.limit() - run.payloadIndex(index);
            source.put(at, buffer, run.payloadIndex(index), octets);
            at += octets;
        }
        source.limit(at);
        assertThat(segmentation.begin()).isTrue();
        int packetOctets = 0;
        while (segmentation.hasNext()) {
            ByteBuffer slot = ByteBuffer.allocate(2_048);
            assertThat(segmentation.next(slot)).isTrue();
            packetOctets += slot.remaining();
            written.computeIfAbsent(owner, _ -> new ArrayList<>()).add(octets(slot));
        }
        assertThat(run.packetOctets()).isEqualTo(packetOctets);
        writes.add(run.size());
    }

    @ParameterizedTest
    @MethodSource("dev.pptpd.offload.SegmentationTest#everyKind")
    void writesTheSegmentsOfAFlowTogether(TestPacket kind) {
        kind.flags &= ~(TestPacket.FIN | TestPacket.CWR);
        byte[] payload = new byte[20 * 1_000 + 1];
        new Random(5).nextBytes(payload);
        List<byte[]> segments = segments(kind, payload, 1_000);
        addAll("a", segments);
        assertThat(writes).isEmpty();
        runs.flush();
        assertThat(writes).containsExactly(21);
        assertThat(written("a")).containsExactlyElementsOf(segments);
        runs.flush();
        assertThat(writes).hasSize(1);
    }

    @Test
    void writesNoMoreThanAPacketCanHold() {
        TestPacket kind = TestPacket.tcp4();
        List<byte[]> segments = segments(kind, new byte[60 * 1_360], 1_360);
        addAll("a", segments);
        runs.flush();
        assertThat(writes).containsExactly(48, 12);
        assertThat(written("a")).containsExactlyElementsOf(segments);
    }

    @Test
    void writesNoMoreThan64TogetherAsUdpDemands() {
        List<byte[]> segments = segments(TestPacket.udp6(), new byte[100 * 100], 100);
        addAll("a", segments);
        runs.flush();
        assertThat(writes).containsExactly(64, 36);
    }

    @Test
    void endsARunWithAShortSegmentAndWithAPush() {
        TestPacket kind = TestPacket.tcp4();
        add("a", kind.whole(new byte[100]));
        kind.sequence += 100;
        add("a", kind.whole(new byte[60]));
        kind.sequence += 60;
        add("a", kind.whole(new byte[60]));
        kind.sequence += 60;
        kind.flags |= TestPacket.PSH;
        add("a", kind.whole(new byte[60]));
        kind.sequence += 60;
        kind.flags &= ~TestPacket.PSH;
        add("a", kind.whole(new byte[60]));
        runs.flush();
        assertThat(writes).containsExactly(2, 2, 1);
    }

    @Test
    void keepsApartWhatDiffers() {
        byte[] payload = new byte[100];
        List<byte[]> packets = new ArrayList<>();
        TestPacket kind = TestPacket.tcp4();
        for (int difference = 0; difference < 8; difference++) {
            switch (difference) {
                case 1 -> kind.acknowledgment++;
                case 2 -> kind.window++;
                case 3 -> kind.flags |= 0x40;
                case 4 -> kind.timeToLive--;
                case 5 -> kind.options = new byte[] {1, 1, 1, 0};
                case 6 -> kind.options = new byte[] {1, 1, 0, 0};
                case 7 -> kind.sequence++;
                default -> {}
            }
            packets.add(kind.whole(payload));
            kind.sequence += payload.length;
        }
        addAll("a", packets);
        runs.flush();
        assertThat(writes).containsOnly(1).hasSize(8);
        assertThat(written("a")).containsExactlyElementsOf(packets);
    }

    @Test
    void looksAtTheIdentificationWhereFragmentsArePossible() {
        TestPacket kind = TestPacket.tcp4();
        kind.fragment = 0;
        add("a", kind.whole(new byte[100]));
        kind.sequence += 100;
        kind.identification++;
        add("a", kind.whole(new byte[100]));
        kind.sequence += 100;
        add("a", kind.whole(new byte[100]));
        runs.flush();
        assertThat(writes).containsExactly(2, 1);
    }

    @Test
    void givesNoDamagedPacketANewChecksum() {
        for (int damaged = 0; damaged < 3; damaged++) {
            for (int at : new int[] {1, 11, 25, 70}) {
                writes.clear();
                written.clear();
                List<byte[]> segments = segments(TestPacket.tcp4(), new byte[300], 100);
                segments.get(damaged)[at] ^= 0x04;
                addAll("a", segments);
                runs.flush();
                assertThat(written("a")).containsExactlyElementsOf(segments);
                assertThat(writes).as("octet %d of packet %d", at, damaged).hasSizeBetween(2, 3);
            }
        }
    }

    @Test
    void writesWhatIsNoDataAfterTheDataOfItsFlow() {
        TestPacket kind = TestPacket.tcp4();
        add("a", kind.whole(new byte[100]));
        TestPacket other = TestPacket.tcp4();
        other.port++;
        add("a", other.whole(new byte[100]));
        other.sequence += 100;
        kind.sequence += 100;
        byte[] acknowledgment = kind.whole(new byte[0]);
        add("a", acknowledgment);
        assertThat(writes).containsExactly(1, 1);
        assertThat(written("a").getLast()).isEqualTo(acknowledgment);
        add("a", other.whole(new byte[100]));
        runs.flush();
        assertThat(writes).containsExactly(1, 1, 2);
    }

    @Test
    void writesWhatHasNoPortsAfterAllOfItsOwner() {
        TestPacket fragment = TestPacket.udp4();
        fragment.fragment = 0x2000;
        add("a", TestPacket.tcp4().whole(new byte[100]));
        add("b", TestPacket.tcp4().whole(new byte[100]));
        add("a", fragment.whole(new byte[100]));
        assertThat(written("a")).hasSize(2);
        assertThat(written).doesNotContainKey("b");
    }

    @Test
    void leavesUdpAloneWhereTheKernelTakesNoRunsOfIt() {
        for (byte[] segment : segments(TestPacket.udp4(), new byte[300], 100)) {
            add("a", segment, false);
        }
        assertThat(writes).containsExactly(1, 1, 1);
    }

    @Test
    void leavesUdpWithoutChecksumAlone() {
        for (byte[] segment : segments(TestPacket.udp4(), new byte[300], 100)) {
            segment[26] = 0;
            segment[27] = 0;
            add("a", segment);
        }
        assertThat(writes).containsExactly(1, 1, 1);
    }

    @Test
    void writesForOneOwnerAlone() {
        add("a", TestPacket.tcp4().whole(new byte[100]));
        add("b", TestPacket.tcp4().whole(new byte[100]));
        runs.flush("a");
        assertThat(written).containsOnlyKeys("a");
        runs.flush();
        assertThat(written("a")).hasSize(1);
        assertThat(written("b")).hasSize(1);
    }

    /** Flows of two owners mixed, with losses, damage, garbage: order and octets of each remain. */
    @Test
    void keepsEveryOctetOfEveryFlowInItsOrder() {
        Random random = new Random(6);
        for (int round = 0; round < 2_000; round++) {
            written.clear();
            Map<String, List<ByteBuffer>> added = new HashMap<>();
            List<TestPacket> flows = new ArrayList<>();
            for (int flow = 0; flow < 20; flow++) {
                TestPacket kind =
                        switch (random.nextInt(4)) {
                            case 0 -> TestPacket.tcp4();
                            case 1 -> TestPacket.tcp6();
                            case 2 -> TestPacket.udp4();
                            default -> TestPacket.udp6();
                        };
                kind.port = flow;
                kind.fragment = random.nextBoolean() ? 0x4000 : 0;
                flows.add(kind);
            }
            int used = 1 + random.nextInt(flows.size());
            for (int packet = 0; packet < 32; packet++) {
                String owner = random.nextBoolean() ? "a" : "b";
                TestPacket kind = flows.get(random.nextInt(used));
                byte[] octets = next(kind, random);
                added.computeIfAbsent(owner + kind.port, _ -> new ArrayList<>())
                        .add(withoutIdentification(octets));
                add(owner, octets);
            }
            runs.flush();
            assertThat(byFlow()).isEqualTo(added);
        }
    }

    private static byte[] next(TestPacket kind, Random random) {
        byte[] payload = new byte[random.nextInt(8) == 0 ? random.nextInt(200) : 100];
        random.nextBytes(payload);
        kind.flags = random.nextInt(10) == 0 ? TestPacket.ACK | TestPacket.PSH : TestPacket.ACK;
        byte[] octets = kind.whole(payload);
        kind.identification++;
        kind.sequence += random.nextInt(10) == 0 ? 7 : payload.length;
        if (random.nextInt(10) == 0) {
            // Anywhere but in what tells the flow: the test finds it by its ports.
            octets[octets.length - 1] ^= 1;
        }
        return octets;
    }

    private Map<String, List<ByteBuffer>> byFlow() {
        Map<String, List<ByteBuffer>> found = new HashMap<>();
        for (Map.Entry<String, List<byte[]>> entry : written.entrySet()) {
            for (byte[] packet : entry.getValue()) {
                int port = ByteBuffer.wrap(packet).getShort(packet[0] == 0x45 ? 20 : 40);
                found.computeIfAbsent(entry.getKey() + port, _ -> new ArrayList<>())
                        .add(withoutIdentification(packet));
            }
        }
        return found;
    }

    /** It says nothing where a packet may not be fragmented: RFC 6864 section 4.1. */
    private static ByteBuffer withoutIdentification(byte[] packet) {
        byte[] octets = packet.clone();
        if (octets[0] == 0x45 && octets[6] == 0x40) {
            Arrays.fill(octets, 4, 6, (byte) 0);
            Arrays.fill(octets, 10, 12, (byte) 0);
        }
        return ByteBuffer.wrap(octets);
    }

    private List<byte[]> written(String owner) {
        return written.getOrDefault(owner, List.of());
    }

    private static List<byte[]> segments(TestPacket kind, byte[] payload, int segmentOctets) {
        List<byte[]> segments = new ArrayList<>();
        for (int index = 0; index * segmentOctets < payload.length; index++) {
            segments.add(kind.segment(payload, index, segmentOctets));
        }
        return segments;
    }

    private void addAll(String owner, List<byte[]> packets) {
        packets.forEach(packet -> add(owner, packet));
    }

    private void add(String owner, byte[] packet) {
        add(owner, packet, true);
    }

    private void add(String owner, byte[] packet, boolean withUdp) {
        ByteBuffer buffer = buffer(packet);
        if (!runs.add(owner, buffer, withUdp)) {
            write(owner, buffer);
        }
    }

    private static ByteBuffer buffer(byte[] packet) {
        return ByteBuffer.allocateDirect(HEADROOM + packet.length)
                .put(HEADROOM, packet)
                .position(HEADROOM);
    }

    private static byte[] octets(ByteBuffer buffer) {
        byte[] octets = new byte[buffer.remaining()];
        buffer.get(buffer.position(), octets);
        return Arrays.copyOf(octets, octets.length);
    }
}
