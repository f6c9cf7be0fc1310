package dev.pptpd.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

final class ControlDeadlinesTest {
    private final ControlDeadlines deadlines = new ControlDeadlines();

    @Test
    void takesTheEarlierOfTwoFirst() {
        deadlines.arm(ControlDeadline.ECHO_REQUEST, at(20));
        deadlines.arm(ControlDeadline.CALL_REQUEST, at(10));
        assertThat(deadlines.nextNanos()).hasValue(at(10));
        assertThat(deadlines.takeDue(at(9))).isEmpty();
        assertThat(deadlines.takeDue(at(20))).contains(ControlDeadline.CALL_REQUEST);
        assertThat(deadlines.isArmed(ControlDeadline.CALL_REQUEST)).isFalse();
        assertThat(deadlines.nextNanos()).hasValue(at(20));
        assertThat(deadlines.takeDue(at(20))).contains(ControlDeadline.ECHO_REQUEST);
        assertThat(deadlines.takeDue(at(20))).isEmpty();
        assertThat(deadlines.nextNanos()).isEmpty();
    }

    @Test
    void changesTheTimeOfOneThatIsArmed() {
        deadlines.arm(ControlDeadline.CALL_REQUEST, at(10));
        deadlines.arm(ControlDeadline.ECHO_REQUEST, at(20));
        deadlines.disarm(ControlDeadline.CALL_REQUEST);
        deadlines.arm(ControlDeadline.ECHO_REQUEST, at(30));
        assertThat(deadlines.nextNanos()).hasValue(at(30));
        deadlines.arm(ControlDeadline.ECHO_REPLY, at(40));
        deadlines.arm(ControlDeadline.ECHO_REPLY, at(15));
        assertThat(deadlines.takeDue(at(15))).contains(ControlDeadline.ECHO_REPLY);
        assertThat(deadlines.isArmed(ControlDeadline.ECHO_REQUEST)).isTrue();
        deadlines.clear();
        assertThat(deadlines.nextNanos()).isEmpty();
    }

    @Test
    void holdsTwoAndNoThird() {
        deadlines.arm(ControlDeadline.CALL_REQUEST, at(0));
        deadlines.arm(ControlDeadline.ECHO_REQUEST, at(0));
        assertThatIllegalStateException()
                .isThrownBy(() -> deadlines.arm(ControlDeadline.STOP_REPLY, at(0)));
    }

    /** The clock wraps meanwhile. */
    private static long at(long nanos) {
        return Long.MAX_VALUE - 5 + nanos;
    }
}
