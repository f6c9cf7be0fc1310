package dev.pptpd.gre;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AdaptiveTimeOutTest {
    private final AdaptiveTimeOut timeOut =
            new AdaptiveTimeOut(new FlowControl.SlidingWindow(800, 100_000));

    /** RTT 800; DIFF 1600, DEV 400, RTT 1000; DIFF -1000, DEV 550, RTT 875. */
    @Test
    void followsTheEquationsOfTheRfc() {
        assertThat(timeOut.nanos()).isEqualTo(800);
        timeOut.onSample(2_400);
        assertThat(timeOut.nanos()).isEqualTo(1_000 + 4 * 400);
        timeOut.onSample(0);
        assertThat(timeOut.nanos()).isEqualTo(875 + 4 * 550);
    }

    @Test
    void doublesTheRoundTripAfterATimeOutUpToTheLimit() {
        timeOut.onSample(2_400);
        timeOut.onTimeOut();
        assertThat(timeOut.nanos()).isEqualTo(2_000 + 4 * 400);
        for (int count = 0; count < 100; count++) {
            timeOut.onTimeOut();
        }
        assertThat(timeOut.nanos()).isEqualTo(100_000);
        for (int count = 0; count < 100; count++) {
            timeOut.onSample(10);
        }
        assertThat(timeOut.nanos()).isEqualTo(800);
    }
}
