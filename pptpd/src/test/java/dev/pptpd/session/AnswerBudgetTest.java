package dev.pptpd.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class AnswerBudgetTest {
    /** The clock wraps meanwhile. */
    private static final long START = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(5);

    private final AnswerBudget budget = new AnswerBudget();

    @Test
    void givesAFewAtOnceAndThenOneInASecond() {
        assertThat(takenAt(0, 100)).isEqualTo(8);
        assertThat(takenAt(0.9, 100)).isZero();
        assertThat(takenAt(1, 100)).isOne();
        assertThat(takenAt(1.9, 100)).isZero();
        assertThat(takenAt(10, 100)).isEqualTo(8);
    }

    @Test
    void savesNothingUpBeyondTheFirstFew() {
        assertThat(takenAt(0, 3)).isEqualTo(3);
        assertThat(takenAt(100_000, 100)).isEqualTo(8);
        assertThat(takenAt(100_000, 100)).isZero();
    }

    private int takenAt(double second, int tries) {
        int taken = 0;
        for (int count = 0; count < tries; count++) {
            if (budget.take(START + (long) (second * 1e9))) {
                taken++;
            }
        }
        return taken;
    }
}
