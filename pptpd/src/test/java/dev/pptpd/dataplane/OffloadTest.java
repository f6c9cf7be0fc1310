package dev.pptpd.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.gre.linux.SendBatch;
import dev.pptpd.linux.Offloads;
import dev.pptpd.offload.TestPacket;
import dev.pptpd.offload.VirtioNetHeader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions whose devices have offloads. */
final class OffloadTest {
    private static final long NOW = TestDataPlane.NOW;
    private static final int SEGMENT = 1_000;

    private final TestDataPlane plane = new TestDataPlane();
    private final byte[] payload = new byte[100 * SEGMENT];
    private final TestPacket inner = TestPacket.tcp4();
    private TunnelPeer peer;

    @BeforeEach
    void connect() {
        new Random(1).nextBytes(payload);
        peer = plane.up(1);
        plane.device(1).offloads = Offloads.TCP_AND_UDP;
        // As the far end of the session must write them.
        inner.source = ByteBuffer.wrap(TestDataPlane.packet(1, 20)).getInt(12);
    }

    @Test
    void sendsEverySegmentOfASuperPacketAsAPacketOfItsOwn() {
        byte[] data = Arrays.copyOf(payload, 40 * SEGMENT + 1);
        plane.device(1).toRead.add(inner.superPacket(data, SEGMENT));
        plane.sessions.transmit(1, NOW);
        plane.settle();
        assertThat(peer.decrypted).containsExactlyElementsOf(segments(data));
    }

    @Test
    void sendsMoreSegmentsThanABatchHas() {
        byte[] data = Arrays.copyOf(payload, (SendBatch.CAPACITY + 10) * 100);
        plane.device(1).toRead.add(inner.superPacket(data, 100));
        plane.sessions.transmit(1, NOW);
        plane.settle();
        assertThat(peer.decrypted).hasSize(SendBatch.CAPACITY + 10);
    }

    /** Others have their turn: what is taken at once is a budget and a super-packet at most. */
    @Test
    void countsSegmentsAndNotReads() {
        for (int count = 0; count < 5; count++) {
            plane.device(1)
                    .toRead
                    .add(inner.superPacket(Arrays.copyOf(payload, 40 * SEGMENT), SEGMENT));
        }
        plane.sessions.transmit(1, NOW);
        assertThat(plane.device(1).toRead).hasSize(3);
    }

    /** 1,000 segments are sixteen turns' worth; fifteen of these it waits. */
    @Test
    void givesOthersTheirTurnsAfterASuperPacketOfSmallSegments() {
        plane.device(1).toRead.add(inner.superPacket(Arrays.copyOf(payload, 10_000), 10));
        plane.device(1).toRead.add(inner.superPacket(Arrays.copyOf(payload, 10), 10));
        int turns = 0;
        while (!plane.device(1).toRead.isEmpty()) {
            plane.sessions.transmit(1, NOW);
            turns++;
        }
        assertThat(turns).isEqualTo(16);
    }

    @Test
    void dropsWhatMakesNoSenseAndGoesOn() {
        byte[] broken = inner.superPacket(Arrays.copyOf(payload, 3_000), SEGMENT);
        broken[1] = 77;
        plane.device(1).toRead.add(broken);
        plane.device(1).toRead.add(inner.superPacket(Arrays.copyOf(payload, 500), SEGMENT));
        plane.sessions.transmit(1, NOW);
        plane.settle();
        assertThat(peer.decrypted).hasSize(1);
    }

    @Test
    void writesARunAsOneSuperPacket() {
        byte[] data = Arrays.copyOf(payload, 20 * SEGMENT);
        segments(data).forEach(peer::sayEncrypted);
        plane.settle();
        assertThat(plane.device(1).written).hasSize(1);
        byte[] written = plane.device(1).written.getFirst();
        assertThat(Arrays.copyOfRange(written, written.length - data.length, written.length))
                .isEqualTo(data);
        assertThat(written).hasSize(VirtioNetHeader.OCTETS + 40 + data.length);
    }

    @Test
    void writesAsTheyCameWhatIsNoRun() {
        byte[] packet = TestDataPlane.packet(1, 60);
        peer.sayEncrypted(packet);
        peer.sayEncrypted(packet);
        plane.settle();
        assertThat(plane.device(1).written).containsExactly(packet, packet);
    }

    @Test
    void writesWhatWaitsBeforeTheSessionEnds() {
        byte[] data = Arrays.copyOf(payload, 3 * SEGMENT);
        segments(data).forEach(peer::sayEncrypted);
        peer.say(TunnelPeer.LCP, 5, "");
        plane.deliver(peer);
        assertThat(plane.device(1).written).hasSize(1);
    }

    @Test
    void endsOnlyTheSessionWhoseDeviceFails() {
        TunnelPeer other = plane.up(2);
        plane.device(1).onWrite =
                () -> {
                    throw new IllegalStateException("descriptor is closed");
                };
        segments(Arrays.copyOf(payload, 3 * SEGMENT)).forEach(peer::sayEncrypted);
        other.sayEncrypted(TestDataPlane.packet(2, 60));
        plane.settle();
        assertThat(plane.ended).containsOnlyKeys(1);
        assertThat(plane.device(2).written).hasSize(1);
    }

    private List<byte[]> segments(byte[] data) {
        List<byte[]> segments = new ArrayList<>();
        for (int index = 0; index * SEGMENT < data.length; index++) {
            segments.add(inner.segment(data, index, SEGMENT));
        }
        return segments;
    }
}
