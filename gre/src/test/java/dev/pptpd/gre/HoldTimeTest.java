package dev.pptpd.gre;

import static dev.pptpd.gre.TunnelReader.MILLISECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pptpd.gre.GreConfiguration.HoldLimits;
import org.junit.jupiter.api.Test;

class HoldTimeTest {
    private static final long SECOND = 1_000 * MILLISECOND;

    private final HoldTime hold = new HoldTime(HoldLimits.DEFAULT);

    @Test
    void beginsWithItsFirstValue() {
        assertThat(hold.nanos()).isEqualTo(30 * MILLISECOND);
    }

    @Test
    void isAQuarterOfTheShortestRoundTripWithinItsLimits() {
        long[][] expected = {{1, 10}, {40, 10}, {100, 25}, {400, 100}, {1_200, 300}, {9_000, 300}};
        for (long[] pair : expected) {
            HoldTime fresh = new HoldTime(HoldLimits.DEFAULT);
            fresh.onRoundTrip(pair[0] * MILLISECOND, 0);
            assertThat(fresh.nanos()).isEqualTo(pair[1] * MILLISECOND);
        }
    }

    @Test
    void doesNotCountTheDelayOfThePeersAcknowledgments() {
        hold.onRoundTrip(540 * MILLISECOND, 0);
        hold.onRoundTrip(60 * MILLISECOND, SECOND);
        hold.onRoundTrip(560 * MILLISECOND, 2 * SECOND);
        assertThat(hold.nanos()).isEqualTo(15 * MILLISECOND);
    }

    @Test
    void followsARouteThatBecameLonger() {
        hold.onRoundTrip(60 * MILLISECOND, 0);
        for (int second = 1; second <= 21; second++) {
            hold.onRoundTrip(200 * MILLISECOND, second * SECOND);
        }
        assertThat(hold.nanos()).isEqualTo(50 * MILLISECOND);
    }

    @Test
    void coversTheLatenessItHasSeenAndForgetsIt() {
        hold.onRoundTrip(20 * MILLISECOND, 0);
        hold.onOvertaken(16 * MILLISECOND, SECOND);
        hold.onOvertaken(2 * MILLISECOND, 2 * SECOND);
        assertThat(hold.nanos()).isEqualTo(24 * MILLISECOND);
        hold.onGap(12 * SECOND);
        assertThat(hold.nanos()).isEqualTo(24 * MILLISECOND);
        hold.onGap(23 * SECOND);
        assertThat(hold.nanos()).isEqualTo(10 * MILLISECOND);
    }

    @Test
    void doesNotWaitForWhatNoPermittedWaitWouldCover() {
        hold.onRoundTrip(20 * MILLISECOND, 0);
        hold.onOvertaken(5 * SECOND, SECOND);
        assertThat(hold.nanos()).isEqualTo(10 * MILLISECOND);
        hold.onOvertaken(290 * MILLISECOND, SECOND);
        assertThat(hold.nanos()).isEqualTo(300 * MILLISECOND);
    }

    @Test
    void hasLimitsInOrder() {
        assertThatThrownBy(() -> new HoldLimits(2, 3, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HoldLimits(1, 2, 3))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
