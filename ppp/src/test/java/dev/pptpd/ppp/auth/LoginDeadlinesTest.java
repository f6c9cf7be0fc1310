package dev.pptpd.ppp.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.ppp.auth.LoginDeadlines.Due;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class LoginDeadlinesTest {
    /** Near the end of the clock's range: deadlines behind it are negative. */
    private static final long NOW = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(2);

    private final LoginDeadlines deadlines = new LoginDeadlines();

    @Test
    void knowsNothingAtFirst() {
        assertThat(deadlines.nextNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(deadlines.due(NOW)).isEqualTo(Due.NOTHING);
    }

    @Test
    void repeatsAndCountsWhatWasSent() {
        deadlines.sent(3_000, NOW);
        assertThat(deadlines.due(after(2_999))).isEqualTo(Due.NOTHING);
        assertThat(deadlines.due(after(3_000))).isEqualTo(Due.REPEAT);
        deadlines.sent(3_000, after(3_000));
        assertThat(deadlines.timesSent()).isEqualTo(2);
        deadlines.answered();
        assertThat(deadlines.due(after(60_000))).isEqualTo(Due.NOTHING);
        deadlines.beginCount();
        assertThat(deadlines.timesSent()).isZero();
    }

    @Test
    void givesUpRatherThanRepeat() {
        deadlines.giveUpIn(3_000, NOW);
        deadlines.sent(3_000, NOW);
        assertThat(deadlines.due(after(3_000))).isEqualTo(Due.GIVE_UP);
        deadlines.extendTo(5_000, after(3_000));
        assertThat(deadlines.due(after(3_000))).isEqualTo(Due.REPEAT);
        assertThat(deadlines.nextNanos()).isEqualTo(after(3_000));
    }

    @Test
    void takesNoughtForNever() {
        deadlines.giveUpIn(0, NOW);
        deadlines.extendTo(5_000, NOW);
        deadlines.askAgainIn(0, NOW);
        assertThat(deadlines.nextNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void asksAgainUntilItIsCleared() {
        deadlines.askAgainIn(1_000, NOW);
        assertThat(deadlines.due(after(1_000))).isEqualTo(Due.ASK_AGAIN);
        deadlines.clear();
        assertThat(deadlines.due(after(1_000))).isEqualTo(Due.NOTHING);
    }

    private static long after(long millis) {
        return NOW + TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
