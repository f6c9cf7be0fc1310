package dev.pptpd.gre;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeadlineTest {
    @Test
    void comparesOverTheWrapOfTheClock() {
        long late = Deadline.after(Long.MAX_VALUE - 5, 10);
        assertThat(Deadline.earlier(late, Long.MAX_VALUE - 5)).isEqualTo(Long.MAX_VALUE - 5);
        assertThat(Deadline.earlier(Long.MAX_VALUE - 5, late)).isEqualTo(Long.MAX_VALUE - 5);
        assertThat(Deadline.isDue(late, Long.MAX_VALUE - 1)).isFalse();
        assertThat(Deadline.isDue(late, late)).isTrue();
        assertThat(Deadline.earlier(-7, -3)).isEqualTo(-7);
    }

    @Test
    void neverIsLaterThanEverythingAndNeverDue() {
        for (long time : new long[] {Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE - 1}) {
            assertThat(Deadline.earlier(Deadline.NEVER, time)).isEqualTo(time);
            assertThat(Deadline.earlier(time, Deadline.NEVER)).isEqualTo(time);
            assertThat(Deadline.isDue(Deadline.NEVER, time)).isFalse();
        }
        assertThat(Deadline.earlier(Deadline.NEVER, Deadline.NEVER)).isEqualTo(Deadline.NEVER);
    }

    @Test
    void noTimeIsTakenForNever() {
        long deadline = Deadline.after(Long.MAX_VALUE - 10, 10);
        assertThat(deadline).isNotEqualTo(Deadline.NEVER);
        assertThat(Deadline.isDue(deadline, Long.MAX_VALUE - 10)).isFalse();
        assertThat(Deadline.isDue(deadline, deadline)).isTrue();
    }
}
