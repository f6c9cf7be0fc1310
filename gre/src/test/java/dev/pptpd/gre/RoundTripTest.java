package dev.pptpd.gre;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoundTripTest {
    private final RoundTrip roundTrip = new RoundTrip();

    @Test
    void takesTheFirstSampleAsItIsAndSmoothsTheNext() {
        roundTrip.onSent(0, 1_000);
        roundTrip.onSent(1, 5_000);
        roundTrip.onAcknowledged(1, 9_000);
        assertThat(roundTrip.smoothedNanos()).isEqualTo(8_000);
        roundTrip.onSent(2, 10_000);
        roundTrip.onAcknowledged(2, 10_000);
        assertThat(roundTrip.smoothedNanos()).isEqualTo(7_000);
    }

    @Test
    void waitsForTheAcknowledgmentOfItsPacket() {
        roundTrip.onAcknowledged(0, 5);
        roundTrip.onSent(0xFFFFFFFF, 10);
        roundTrip.onAcknowledged(0xFFFFFFFE, 20);
        assertThat(roundTrip.smoothedNanos()).isZero();
        roundTrip.onAcknowledged(0, 30);
        assertThat(roundTrip.smoothedNanos()).isEqualTo(20);
    }
}
