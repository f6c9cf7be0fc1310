package dev.pptpd.gre;

import static dev.pptpd.gre.TunnelReader.MILLISECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GreTunnelFlowControlTest {
    private final TunnelReader left = windowed(0);

    private static TunnelReader windowed(int firstNumber) {
        return new TunnelReader(
                GreConfiguration.DEFAULT.withFlowControl(FlowControl.SLIDING_WINDOW),
                HoldPool.ofDirectMemory(64, 128, 16),
                firstNumber);
    }

    @Test
    void isOffUnlessAskedFor() {
        TunnelReader plain = new TunnelReader();
        assertThat(GreConfiguration.DEFAULT.flowControl()).isEqualTo(FlowControl.NONE);
        for (int count = 0; count < 1_000; count++) {
            send(plain, count);
        }
        assertThat(plain.tunnel.isSendingLimited()).isFalse();
        assertThat(plain.tunnel.sendCredit()).isPositive();
        assertThat(plain.tunnel.nextDeadlineNanos()).isEqualTo(GreTunnel.NO_DEADLINE);
    }

    @Test
    void saysWhenAClosedWindowOpensByItself() {
        assertThat(left.tunnel.sendCredit()).isEqualTo(32);
        for (int count = 0; count < 32; count++) {
            send(left, count);
        }
        assertThat(left.tunnel.sendCredit()).isZero();
        assertThat(left.tunnel.nextDeadlineNanos()).isEqualTo(600 * MILLISECOND);
        left.advance(600 * MILLISECOND);
        assertThat(left.tunnel.sendCredit()).isEqualTo(16);
    }

    @Test
    void opensForTheAcknowledgmentsThatMakeSenseOnly_A18() {
        for (int count = 0; count < 32; count++) {
            send(left, count);
        }
        for (int nonsense : new int[] {0xFFFFFFFF, 32, 1_000, 0x80000000, 0x7FFFFFFF}) {
            left.read(Packets.acknowledgment(nonsense));
            assertThat(left.tunnel.sendCredit()).isZero();
        }
        left.read(Packets.acknowledgment(9));
        assertThat(left.tunnel.sendCredit()).isEqualTo(10);
        left.read(Packets.acknowledgment(3));
        assertThat(left.tunnel.sendCredit()).isEqualTo(10);
    }

    /** Both numbers, both windows, acknowledgments, held frames and the send window cross it. */
    @Test
    void losesNothingOverTheWrapUnderLoad_A16() {
        TunnelReader one = windowed(-100);
        TunnelReader two = windowed(-100);
        LossyPath.Weather weather = new LossyPath.Weather(0, 3, 30, MILLISECOND, 3 * MILLISECOND);
        transfer(one, two, new LossyPath(1, weather), new LossyPath(2, weather), 1_000);
        assertThat(one.contents)
                .containsExactlyElementsOf(IntStream.range(0, 1_000).boxed().toList());
        assertThat(two.contents)
                .containsExactlyElementsOf(IntStream.range(0, 1_000).boxed().toList());
        assertThat(one.tunnel.counters().reordered()).isPositive();
        assertThat(one.tunnel.counters().lost() + two.tunnel.counters().lost()).isZero();
        assertThat(one.tunnel.counters().acknowledgmentsIgnored()).isLessThan(500);
        assertThat(one.tunnel.unacknowledgedPackets()).isZero();
    }

    @Test
    void neverStandsStillWhateverIsLost() {
        for (int seed = 0; seed < 4; seed++) {
            int loss = new Random(seed).nextInt(60);
            var weather = new LossyPath.Weather(loss, 3, 20, MILLISECOND, 20 * MILLISECOND);
            TunnelReader one = windowed(0);
            TunnelReader two = windowed(0);
            transfer(
                    one,
                    two,
                    new LossyPath(seed, weather),
                    new LossyPath(seed + 100, weather),
                    12_500);
            assertThat(one.contents).doesNotHaveDuplicates().isNotEmpty();
            assertThat(two.contents).doesNotHaveDuplicates().isNotEmpty();
        }
    }

    /** Sends as fast as the windows let it, a step each millisecond, until both have sent all. */
    private static void transfer(
            TunnelReader one, TunnelReader two, LossyPath there, LossyPath back, int packets) {
        int[] sent = new int[2];
        long lastProgress = 0;
        long now = 0;
        while (sent[0] < packets || sent[1] < packets || now - lastProgress < 5_000 * MILLISECOND) {
            now += MILLISECOND;
            one.now = now;
            two.now = now;
            boolean progress = step(one, two, there, sent, 0, packets);
            progress |= step(two, one, back, sent, 1, packets);
            lastProgress = progress ? now : lastProgress;
            assertThat(now - lastProgress).isLessThan(5_001 * MILLISECOND);
        }
    }

    private static boolean step(
            TunnelReader from,
            TunnelReader to,
            LossyPath path,
            int[] sent,
            int direction,
            int packets) {
        boolean progress = false;
        for (int burst = 0; burst < 10; burst++) {
            if (sent[direction] < packets && from.tunnel.sendCredit() > 0) {
                path.carry(send(from, sent[direction]++), from.now);
                progress = true;
            }
        }
        while (path.hasArrival(to.now)) {
            to.read(path.arrival());
        }
        if (Deadline.isDue(from.tunnel.nextDeadlineNanos(), from.now)) {
            from.advance(0);
        }
        if (from.tunnel.isAcknowledgmentDue(from.now)) {
            ByteBuffer slot = ByteBuffer.allocate(64).position(16);
            from.tunnel.encapsulateAcknowledgment(slot);
            path.carry(slot, from.now);
        }
        return progress;
    }

    private static ByteBuffer send(TunnelReader from, int content) {
        ByteBuffer frame = Packets.frame(content);
        from.tunnel.encapsulate(frame, from.now);
        return frame;
    }
}
