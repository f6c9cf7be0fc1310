package dev.pptpd.ppp.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.ppp.lcp.LcpConfiguration;
import dev.pptpd.ppp.lcp.LcpOptions;
import dev.pptpd.ppp.packet.ControlPacket;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two automata that talk to each other over a path that loses, doubles and reorders. */
final class ControlProtocolPairTest {
    private static final int RUNS = 300;

    /** Longer than every counter of both sides can keep a negotiation going. */
    private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(30);

    @ParameterizedTest
    @CsvSource({"0, 0", "5, 0", "0, 30", "20, 20", "30, 30"})
    void bothOpenWhateverTheOrderOfThePackets(int lossPercent, int duplicatePercent) {
        int opened = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            Pair pair = new Pair(seed, lossPercent, duplicatePercent);
            pair.negotiate();
            assertThat(pair.isQuiet()).as("seed %d comes to rest", seed).isTrue();
            assertThat(pair.left.isConsistent() && pair.right.isConsistent())
                    .as("seed %d: ups and downs match the state", seed)
                    .isTrue();
            opened += pair.left.isOpened() && pair.right.isOpened() ? 1 : 0;
        }
        assertThat(opened).isGreaterThanOrEqualTo(lossPercent < 20 ? RUNS : RUNS * 98 / 100);
    }

    @Test
    void bothEndWhenNothingGetsThrough() {
        Pair pair = new Pair(1, 100, 0);
        pair.negotiate();
        assertThat(pair.isQuiet()).isTrue();
        assertThat(pair.left.layer.state()).isEqualTo(State.STOPPED);
        assertThat(pair.right.layer.state()).isEqualTo(State.STOPPED);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "30, 30", "100, 0"})
    void closingEndsBothOrAtLeastTheOneThatCloses(int lossPercent, int duplicatePercent) {
        for (int seed = 0; seed < RUNS; seed++) {
            Pair pair = new Pair(seed, 0, 0);
            pair.negotiate();
            pair.impair(lossPercent, duplicatePercent);
            pair.left.layer.close(new byte[0], pair.nowNanos);
            pair.run();
            assertThat(pair.isQuiet()).as("seed %d comes to rest", seed).isTrue();
            assertThat(pair.left.layer.state()).isEqualTo(State.CLOSED);
            assertThat(pair.left.isConsistent() && pair.right.isConsistent()).isTrue();
            if (lossPercent == 0) {
                assertThat(pair.right.layer.state()).isEqualTo(State.STOPPED);
            }
        }
    }

    @Test
    void bothCloseAtOnce() {
        Pair pair = new Pair(1, 0, 0);
        pair.negotiate();
        pair.left.layer.close(new byte[0], pair.nowNanos);
        pair.right.layer.close(new byte[0], pair.nowNanos);
        pair.run();
        assertThat(pair.left.layer.state()).isEqualTo(State.CLOSED);
        assertThat(pair.right.layer.state()).isEqualTo(State.CLOSED);
    }

    /** One end: the automaton and how often it went up and down. */
    private static final class End {
        final ControlProtocol layer;
        int ups;
        int downs;

        End(Random random) {
            layer =
                    new ControlProtocol(
                            new LcpOptions(
                                    new LcpConfiguration(
                                            1400, true, 0, true, List.of(), true, true, true),
                                    random),
                            RestartTimer.DEFAULT,
                            new Identifiers());
        }

        boolean isOpened() {
            return layer.isOpened();
        }

        boolean isConsistent() {
            return ups - downs == (layer.isOpened() ? 1 : 0);
        }
    }

    private record Flying(long arrivalNanos, long order, End to, ControlPacket packet) {}

    private static final class Pair {
        final End left;
        final End right;
        long nowNanos;
        private final Random random;
        private final PriorityQueue<Flying> path =
                new PriorityQueue<>(
                        Comparator.comparingLong(Flying::arrivalNanos)
                                .thenComparingLong(Flying::order));
        private int lossPercent;
        private int duplicatePercent;
        private long order;

        Pair(int seed, int lossPercent, int duplicatePercent) {
            random = new Random(seed);
            left = new End(random);
            right = new End(random);
            impair(lossPercent, duplicatePercent);
        }

        void impair(int loss, int duplicates) {
            lossPercent = loss;
            duplicatePercent = duplicates;
        }

        void negotiate() {
            left.layer.open(nowNanos);
            right.layer.open(nowNanos);
            left.layer.up(nowNanos);
            right.layer.up(nowNanos);
            run();
        }

        /** Until nothing flies and no timer runs. */
        void run() {
            drain(left, right);
            drain(right, left);
            while (!isQuiet() && nowNanos < LIMIT_NANOS) {
                step();
                drain(left, right);
                drain(right, left);
            }
        }

        boolean isQuiet() {
            return nextNanos() == Long.MAX_VALUE;
        }

        private long nextNanos() {
            Flying first = path.peek();
            long arrival = first == null ? Long.MAX_VALUE : first.arrivalNanos();
            return Math.min(
                    arrival,
                    Math.min(left.layer.nextDeadlineNanos(), right.layer.nextDeadlineNanos()));
        }

        private void step() {
            nowNanos = nextNanos();
            Flying first = path.peek();
            if (first != null && first.arrivalNanos() == nowNanos) {
                path.remove();
                first.to().layer.receive(first.packet(), nowNanos);
            } else {
                left.layer.onTimeout(nowNanos);
                right.layer.onTimeout(nowNanos);
            }
        }

        private void drain(End from, End to) {
            LayerAction action = from.layer.pollAction();
            while (action != null) {
                switch (action) {
                    case LayerAction.Send(ControlPacket packet) -> send(to, packet);
                    case LayerAction.Up _ -> from.ups++;
                    case LayerAction.Down _ -> from.downs++;
                    case LayerAction.Finished _, LayerAction.Unacceptable _ -> {}
                }
                action = from.layer.pollAction();
            }
        }

        private void send(End to, ControlPacket packet) {
            int copies = random.nextInt(100) < duplicatePercent ? 2 : 1;
            for (int copy = 0; copy < copies; copy++) {
                if (random.nextInt(100) >= lossPercent) {
                    long delayNanos = TimeUnit.MICROSECONDS.toNanos(random.nextInt(1, 200_000));
                    path.add(new Flying(nowNanos + delayNanos, order++, to, packet));
                }
            }
        }
    }
}
