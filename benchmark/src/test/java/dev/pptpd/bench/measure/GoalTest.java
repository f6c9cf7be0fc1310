package dev.pptpd.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class GoalTest {
    @Test
    void takesARivalsTimeOverOurs() {
        Goal goal = Goal.timesAsFast(1.5);
        assertThat(goal.value(300, 200)).isEqualTo(1.5);
        assertThat(goal.isMetBy(1.5)).isTrue();
        assertThat(goal.isMetBy(1.49)).isFalse();
        assertThat(goal.limitText()).isEqualTo(">= 1.50 x");
        assertThat(goal.valueText(1.6)).isEqualTo("1.60 x as fast");
    }

    @Test
    void takesOurTimeOverARivals() {
        Goal goal = Goal.timesTheTime(1.1);
        assertThat(goal.value(200, 220)).isEqualTo(1.1);
        assertThat(goal.isMetBy(1.1)).isTrue();
        assertThat(goal.isMetBy(1.11)).isFalse();
        assertThat(goal.limitText()).isEqualTo("<= 1.10 x");
    }

    @Test
    void isNoneAgainstARivalWithALimitOfItsOwn() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Comparison.Entry(
                                "rival",
                                () -> {
                                    throw new UnavailableException("never asked");
                                },
                                Goal.atMost(3)));
    }

    @Test
    void takesTheFigureItself() {
        assertThat(Goal.atMost(10).isMetBy(10)).isTrue();
        assertThat(Goal.atMost(10).isMetBy(10.1)).isFalse();
        assertThat(Goal.atLeast(150).isMetBy(150)).isTrue();
        assertThat(Goal.atLeast(150).isMetBy(149)).isFalse();
        assertThat(Goal.atMost(0.7).limitText()).isEqualTo("<= 0.70");
        assertThat(Goal.atMost(0.7).valueText(0.5)).isEmpty();
    }
}
