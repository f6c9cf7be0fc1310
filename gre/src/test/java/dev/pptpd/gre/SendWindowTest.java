package dev.pptpd.gre;

import static dev.pptpd.gre.TunnelReader.MILLISECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SendWindowTest {
    private static final FlowControl.SlidingWindow LIMITS =
            new FlowControl.SlidingWindow(600 * MILLISECOND, 4_000 * MILLISECOND);

    private int next = -50;
    private final SendWindow window = new SendWindow(8, LIMITS, next);

    @Test
    void beginsWithHalfOfWhatThePeerTakes() {
        int[][] expected = {{0, 1}, {1, 1}, {2, 1}, {3, 2}, {64, 32}, {0xFFFF, 256}};
        for (int[] pair : expected) {
            SendWindow fresh = new SendWindow(pair[0], LIMITS, 0);
            assertThat(fresh.size()).isEqualTo(pair[1]);
            assertThat(fresh.credit()).isEqualTo(pair[1]);
            assertThat(fresh.deadlineNanos()).isEqualTo(Deadline.NEVER);
        }
    }

    @Test
    void closesWhenThatManyAreOnTheWay() {
        for (int credit = 4; credit > 0; credit--) {
            assertThat(window.credit()).isEqualTo(credit);
            send(0);
        }
        assertThat(window.credit()).isZero();
        window.onAcknowledged(next - 3, 0);
        assertThat(window.credit()).isEqualTo(2);
    }

    @Test
    void growsByOneForEachWindowThatWasAcknowledged() {
        int[] sizes = {5, 6, 7, 8, 8, 8};
        for (int size : sizes) {
            while (window.credit() > 0) {
                send(0);
            }
            for (int number = next - window.size(); number != next - 1; number++) {
                window.onAcknowledged(number, 0);
            }
            window.onAcknowledged(next - 1, 0);
            assertThat(window.size()).isEqualTo(size);
        }
    }

    @Test
    void halvesOnceForAllThatWereOnTheWayAndGoesOn() {
        int[] sizes = {2, 1, 1};
        for (int size : sizes) {
            while (window.credit() > 0) {
                send(0);
            }
            long deadline = window.deadlineNanos();
            window.onTimeout(deadline - 1);
            assertThat(window.credit()).isZero();
            window.onTimeout(deadline);
            assertThat(window.size()).isEqualTo(size);
            assertThat(window.credit()).isEqualTo(size);
            assertThat(window.deadlineNanos()).isEqualTo(Deadline.NEVER);
        }
    }

    @Test
    void roundsTheHalfOfAnOddWindowUp() {
        SendWindow five = new SendWindow(10, LIMITS, 0);
        five.onSent(0);
        five.onTimeout(five.deadlineNanos());
        assertThat(five.size()).isEqualTo(3);
    }

    @Test
    void waitsLongerAfterATimeOut() {
        send(0);
        assertThat(window.deadlineNanos()).isEqualTo(600 * MILLISECOND);
        window.onTimeout(600 * MILLISECOND);
        send(600 * MILLISECOND);
        assertThat(window.deadlineNanos()).isEqualTo(1_800 * MILLISECOND);
    }

    @Test
    void opensNothingForWhatItAssumedLostButLearnsTheRoundTrip() {
        send(0);
        send(0);
        window.onTimeout(600 * MILLISECOND);
        send(700 * MILLISECOND);
        int credit = window.credit();
        window.onAcknowledged(next - 2, 2_000 * MILLISECOND);
        assertThat(window.credit()).isEqualTo(credit);
        assertThat(window.deadlineNanos()).isGreaterThan(1_900 * MILLISECOND);
        window.onAcknowledged(next - 1, 2_000 * MILLISECOND);
        assertThat(window.credit()).isEqualTo(credit + 1);
    }

    @Test
    void doesNotHoldControlPacketsUpNorLoseTrackOfThem() {
        for (int count = 0; count < 100; count++) {
            send(count);
        }
        assertThat(window.credit()).isZero();
        window.onAcknowledged(next - 1, 200);
        assertThat(window.credit()).isEqualTo(window.size());
    }

    @Test
    void neverStaysClosedWhateverIsLost() {
        for (int seed = 0; seed < 20; seed++) {
            run(new Random(seed));
        }
    }

    private static void run(Random random) {
        int next = -1_000;
        SendWindow window = new SendWindow(random.nextInt(100), LIMITS, next);
        int unacknowledged = next;
        int lossPercent = random.nextInt(100);
        long now = random.nextLong();
        for (int step = 0; step < 100_000; step++) {
            now += random.nextLong(50 * MILLISECOND);
            if (window.credit() > 0) {
                window.onSent(now);
                next++;
            } else {
                assertThat(window.deadlineNanos() - now).isLessThanOrEqualTo(4_000 * MILLISECOND);
            }
            boolean acknowledges = next != unacknowledged && random.nextInt(100) >= lossPercent;
            if (acknowledges) {
                unacknowledged += random.nextInt(next - unacknowledged) + 1;
                window.onAcknowledged(unacknowledged - 1, now);
            }
            window.onTimeout(now);
            assertThat(window.size()).isBetween(1, 100);
            assertThat(window.credit()).isBetween(0, window.size());
        }
    }

    private void send(long now) {
        window.onSent(now);
        next++;
    }
}
