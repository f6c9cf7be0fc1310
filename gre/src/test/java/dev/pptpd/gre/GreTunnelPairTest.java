package dev.pptpd.gre;

import static dev.pptpd.gre.TunnelReader.MILLISECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Two tunnels that talk over a path which loses, doubles, delays and reorders. */
class GreTunnelPairTest {
    private static final int PACKETS = 20_000;

    private record Flight(long arrivalNanos, long order, ByteBuffer packet) {}

    /** One direction, which drops {@code lossPercent} and so on of what it carries. */
    private static final class Path {
        private final PriorityQueue<Flight> flights =
                new PriorityQueue<>(
                        Comparator.comparingLong(Flight::arrivalNanos)
                                .thenComparingLong(Flight::order));
        private final Random random;
        private final int lossPercent;
        private final int duplicatePercent;
        private final int reorderPercent;
        private boolean clean;
        private long order;
        private int dataLost;

        Path(long seed, int lossPercent, int duplicatePercent, int reorderPercent) {
            this.random = new Random(seed);
            this.lossPercent = lossPercent;
            this.duplicatePercent = duplicatePercent;
            this.reorderPercent = reorderPercent;
        }

        void carry(ByteBuffer packet, long now) {
            if (clean) {
                launch(packet, now + 5 * MILLISECOND);
                return;
            }
            if (random.nextInt(100) < lossPercent) {
                dataLost += GreHeader.hasSequence(packet) ? 1 : 0;
                return;
            }
            launch(packet, now + delay());
            if (random.nextInt(100) < duplicatePercent) {
                launch(packet, now + delay());
            }
        }

        private long delay() {
            boolean late = random.nextInt(100) < reorderPercent;
            return 5 * MILLISECOND + (late ? random.nextLong(10 * MILLISECOND) : 0);
        }

        private void launch(ByteBuffer packet, long arrivalNanos) {
            ByteBuffer copy = ByteBuffer.allocate(packet.remaining());
            copy.put(packet.duplicate()).flip();
            flights.add(new Flight(arrivalNanos, order++, copy));
        }

        void deliver(TunnelReader to) {
            while (!flights.isEmpty() && flights.peek().arrivalNanos() - to.now <= 0) {
                ByteBuffer packet = flights.remove().packet();
                assertThat(GreHeader.decode(packet)).isEqualTo(GreHeaderVerdict.VALID);
                to.read(packet);
            }
        }
    }

    private final TunnelReader left = new TunnelReader();
    private final TunnelReader right = new TunnelReader();

    @Test
    void losesNothingOnACleanPath() {
        Path there = new Path(1, 0, 0, 0);
        Path back = new Path(2, 0, 0, 0);
        exchange(there, back);
        assertThat(right.contents).hasSize(PACKETS).isSorted();
        assertThat(left.contents).hasSize(PACKETS / 4).isSorted();
    }

    @Test
    void losesOnlyWhatThePathLoses_A15() {
        Path there = new Path(3, 5, 3, 10);
        Path back = new Path(4, 5, 3, 10);
        exchange(there, back);
        check(right, PACKETS, there.dataLost);
        check(left, PACKETS / 4, back.dataLost);
    }

    @Test
    void losesNothingToReorderingAlone_A15() {
        for (int reorderPercent : new int[] {10, 30, 50}) {
            Path there = new Path(reorderPercent, 0, 0, reorderPercent);
            TunnelReader from = new TunnelReader();
            TunnelReader to = new TunnelReader();
            for (int i = 0; i < PACKETS; i++) {
                step(from, to, there);
                send(from, there, i);
            }
            finish(from, to, there);
            assertThat(to.contents).hasSize(PACKETS).doesNotHaveDuplicates();
            assertThat(to.tunnel.counters().reordered()).isPositive();
        }
    }

    private static void check(TunnelReader reader, int sent, int lostOnThePath) {
        assertThat(reader.contents).doesNotHaveDuplicates().isSorted();
        assertThat(lostOnThePath).isBetween(sent * 4 / 100, sent * 6 / 100);
        assertThat(reader.contents.size())
                .isBetween(sent - lostOnThePath - sent / 100, sent - lostOnThePath);
        GreCounters counters = reader.tunnel.counters();
        assertThat(counters.delivered()).isEqualTo(reader.contents.size());
        assertThat(counters.lost()).isEqualTo(sent - counters.delivered());
        assertThat(counters.duplicates()).isPositive();
        assertThat(counters.received())
                .isEqualTo(counters.delivered() + counters.duplicates() + counters.late());
        assertThat(counters.roundTripNanos()).isBetween(10 * MILLISECOND, 100 * MILLISECOND);
        assertThat(reader.tunnel.unacknowledgedPackets()).isZero();
        assertThat(reader.pool.available()).isEqualTo(64);
    }

    /** The first and the last packet of each side arrive; between them the paths do their worst. */
    private void exchange(Path there, Path back) {
        for (int i = 0; i < PACKETS; i++) {
            boolean clean = i < 4 || i >= PACKETS - 4;
            there.clean = clean;
            back.clean = clean;
            send(left, there, i);
            if (i % 4 == 0) {
                send(right, back, i);
            }
            exchangeForOneMillisecond(there, back);
        }
        for (int i = 0; i < 200; i++) {
            exchangeForOneMillisecond(there, back);
        }
    }

    private void exchangeForOneMillisecond(Path there, Path back) {
        step(left, right, there);
        back.deliver(left);
        acknowledge(left, there);
        acknowledge(right, back);
    }

    private static void send(TunnelReader from, Path path, int content) {
        ByteBuffer frame = Packets.frame(content);
        from.tunnel.encapsulate(frame, from.now);
        path.carry(frame, from.now);
    }

    private static void acknowledge(TunnelReader from, Path path) {
        if (from.tunnel.isAcknowledgmentDue(from.now)) {
            ByteBuffer slot = ByteBuffer.allocate(64).position(16);
            from.tunnel.encapsulateAcknowledgment(slot);
            path.carry(slot, from.now);
        }
    }

    private static void step(TunnelReader from, TunnelReader to, Path path) {
        from.advance(MILLISECOND);
        to.advance(MILLISECOND);
        path.deliver(to);
    }

    private static void finish(TunnelReader from, TunnelReader to, Path path) {
        for (int i = 0; i < 100; i++) {
            step(from, to, path);
        }
    }
}
