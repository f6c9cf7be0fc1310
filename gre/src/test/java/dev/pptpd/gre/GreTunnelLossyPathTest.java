package dev.pptpd.gre;

import static dev.pptpd.gre.TunnelReader.MILLISECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.gre.LossyPath.Weather;
import dev.pptpd.gre.LossySimulation.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the adaptive wait gives up and what it costs, over networks of all kinds. */
class GreTunnelLossyPathTest {
    private static final long PIGGYBACK = 60 * MILLISECOND;
    private static final long WINDOWS = 100 * MILLISECOND;
    private static final long PPTP_LINUX = 500 * MILLISECOND;

    /** Loses 5 %, doubles 3 %, and delays every packet by 5 to 15 ms of its own. */
    private static final Weather SCATTERED =
            new Weather(5, 3, 100, 5 * MILLISECOND, 10 * MILLISECOND);

    /** The same, but that only one packet in ten is delayed beyond 5 ms. */
    private static final Weather TENTH = new Weather(5, 3, 10, 5 * MILLISECOND, 10 * MILLISECOND);

    @ParameterizedTest
    @ValueSource(ints = {100, 1_000, 5_000})
    void losesNoMoreThanThePathWhenItReordersATenth_A15(int packetsPerSecond) {
        check(TENTH, packetsPerSecond);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 1_000, 10_000})
    void losesNoMoreThanThePathWhenItScattersAll_A15(int packetsPerSecond) {
        check(SCATTERED, packetsPerSecond);
    }

    /** At this rate a hundred packets pass in 10 ms, and no more than 64 are ever held. */
    @Test
    void givesUpOnlyWhatMoreThanSixtyFourOvertakeOnAFastPath_A15() {
        Outcome outcome = new LossySimulation(1, TENTH, PIGGYBACK, 20_000, 10_000, true).run();
        assertThat(outcome.innerLossPercent())
                .as("a fast path that reorders a tenth: %s", outcome)
                .isLessThanOrEqualTo(outcome.outerLossPercent() + 3.6);
        assertThat(outcome.counters().late()).isEqualTo(outcome.arrived() - outcome.delivered());
    }

    /** A tenth falls 15 ms behind, where the round trip alone would grant 10 ms. */
    @Test
    void learnsAtOnceHowFarPacketsFallBehind_A15() {
        Weather weather = new Weather(5, 3, 10, 5 * MILLISECOND, 15 * MILLISECOND);
        Outcome outcome = new LossySimulation(1, weather, PIGGYBACK, 20_000, 1_000, true).run();
        assertThat(outcome.counters().late()).as("up to 15 ms behind: %s", outcome).isLessThan(5);
    }

    private static void check(Weather weather, int packetsPerSecond) {
        for (long seed = 1; seed <= 3; seed++) {
            for (boolean answers : new boolean[] {true, false}) {
                int packets = packetsPerSecond == 100 ? 2_000 : 20_000;
                Outcome outcome =
                        new LossySimulation(
                                        seed,
                                        weather,
                                        PIGGYBACK,
                                        packets,
                                        packetsPerSecond,
                                        answers)
                                .run();
                assertThat(outcome.innerLossPercent())
                        .as(
                                "%d/s, seed %d, answers %b: %s",
                                packetsPerSecond, seed, answers, outcome)
                        .isLessThanOrEqualTo(outcome.outerLossPercent() + 0.2);
                assertThat(outcome.worstAddedNanos()).isLessThan(40 * MILLISECOND);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 40, 100, 200, 400})
    void stallsLittleForAPacketThatIsOnlyLost(int roundTripMillis) {
        Weather weather = new Weather(5, 0, 0, roundTripMillis * MILLISECOND / 2, 0);
        for (long delay : new long[] {PIGGYBACK, WINDOWS, PPTP_LINUX}) {
            Outcome outcome = new LossySimulation(1, weather, delay, 20_000, 1_000, true).run();
            assertThat(outcome.counters().late())
                    .as(
                            "round trip %d ms, peer's timer %d ms: %s",
                            roundTripMillis, delay / MILLISECOND, outcome)
                    .isZero();
            assertThat(outcome.delivered()).isEqualTo(outcome.arrived());
            // The peer's data, of which there is plenty, brings acknowledgments without its timer.
            long quarter = (roundTripMillis + 2) * MILLISECOND / 4;
            assertThat(outcome.holdNanos())
                    .isBetween(10 * MILLISECOND, Math.max(10 * MILLISECOND, quarter));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 50, 100, 250})
    void learnsTheLatenessOfAPathThatReordersBeyondItsRoundTrip_A15(int jitterMillis) {
        Weather weather = new Weather(1, 0, 10, MILLISECOND, jitterMillis * MILLISECOND);
        Outcome outcome = new LossySimulation(1, weather, PIGGYBACK, 20_000, 200, true).run();
        assertThat(outcome.innerLossPercent())
                .as("jitter %d ms: %s", jitterMillis, outcome)
                .isLessThanOrEqualTo(outcome.outerLossPercent() + 0.5);
        assertThat(outcome.holdNanos()).isLessThanOrEqualTo(300 * MILLISECOND);
    }

    @Test
    void givesUpAtOnceWhatSixtyFourPacketsHaveOvertaken() {
        Weather weather = new Weather(1, 0, 0, 200 * MILLISECOND, 0);
        Outcome outcome = new LossySimulation(1, weather, PIGGYBACK, 20_000, 10_000, true).run();
        assertThat(outcome.holdNanos())
                .as("a fast and long path: %s", outcome)
                .isGreaterThan(90 * MILLISECOND);
        assertThat(outcome.worstAddedNanos()).isLessThan(8 * MILLISECOND);
        assertThat(outcome.delivered()).isEqualTo(outcome.arrived());
    }
}
