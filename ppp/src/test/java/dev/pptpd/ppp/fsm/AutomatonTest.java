package dev.pptpd.ppp.fsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class AutomatonTest {
    private static final int MAX_CONFIGURE = 10;
    private static final int MAX_TERMINATE = 3;
    private static final RestartTimer TIMER =
            new RestartTimer(300, 3_000, MAX_CONFIGURE, MAX_TERMINATE, 10);

    private final Automaton automaton = new Automaton(TIMER);
    private long nowNanos = 1_000;

    @Test
    void beginsInTheInitialStateWithoutATimer() {
        assertThat(automaton.state()).isEqualTo(State.INITIAL);
        assertThat(automaton.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void givesUpAfterMaxConfigureRequests() {
        begin();
        assertThat(requestsUntilFinished(Action.SCR)).isEqualTo(MAX_CONFIGURE - 1);
        assertThat(automaton.state()).isEqualTo(State.STOPPED);
        assertThat(automaton.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void givesUpAfterMaxTerminateRequests() {
        begin();
        assertThat(fire(Event.CLOSE)).containsExactly(Action.IRC, Action.STR);
        assertThat(requestsUntilFinished(Action.STR)).isEqualTo(MAX_TERMINATE - 1);
        assertThat(automaton.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void countsTerminateRequestsAfterAFatalRejectToo() {
        open();
        assertThat(fire(Event.RXJ_MINUS)).containsExactly(Action.TLD, Action.IRC, Action.STR);
        assertThat(requestsUntilFinished(Action.STR)).isEqualTo(MAX_TERMINATE - 1);
        assertThat(automaton.state()).isEqualTo(State.STOPPED);
    }

    @Test
    void doublesTheIntervalUpToTheRestartTimer() {
        begin();
        List<Long> intervals = new ArrayList<>();
        for (int n = 0; n < 6; n++) {
            intervals.add(TimeUnit.NANOSECONDS.toMillis(automaton.deadlineNanos() - nowNanos));
            expire();
        }
        assertThat(intervals).containsExactly(300L, 600L, 1_200L, 2_400L, 3_000L, 3_000L);
    }

    @Test
    void startsTheIntervalAnewAfterEachAnswer() {
        begin();
        expire();
        expire();
        assertThat(fire(Event.RCN)).containsExactly(Action.IRC, Action.SCR);
        assertThat(automaton.deadlineNanos() - nowNanos)
                .isEqualTo(TimeUnit.MILLISECONDS.toNanos(300));
    }

    @Test
    void waitsOneWholeIntervalAfterThePeerTerminated() {
        open();
        assertThat(fire(Event.RTR)).containsExactly(Action.TLD, Action.ZRC, Action.STA);
        assertThat(automaton.deadlineNanos() - nowNanos)
                .isEqualTo(TimeUnit.MILLISECONDS.toNanos(3_000));
        assertThat(automaton.timeoutEvent()).isEqualTo(Event.TO_MINUS);
        assertThat(expire()).containsExactly(Action.TLF);
        assertThat(automaton.state()).isEqualTo(State.STOPPED);
    }

    @Test
    void runsNoTimerWhileOpened() {
        open();
        assertThat(automaton.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void leavesTheFirstRequestToThePeer() {
        fire(Event.OPEN);
        automaton.awaitPeer();
        assertThat(automaton.state()).isEqualTo(State.STOPPED);
        assertThat(automaton.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(fire(Event.RCR_PLUS)).containsExactly(Action.IRC, Action.SCR, Action.SCA);
    }

    @Test
    void awaitsThePeerOnlyWhenStarting() {
        assertThatIllegalStateException().isThrownBy(automaton::awaitPeer);
        begin();
        assertThatIllegalStateException().isThrownBy(automaton::awaitPeer);
    }

    @Test
    void namesTheIllegalTransition() {
        assertThatIllegalStateException()
                .isThrownBy(() -> fire(Event.RCA))
                .withMessage("RCA in INITIAL");
    }

    @Test
    void restartTimerTakesOnlyPositiveValues() {
        for (int zero = 0; zero < 5; zero++) {
            int[] values = {300, 3_000, 10, 3, 10};
            values[zero] = 0;
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            new RestartTimer(
                                    values[0], values[1], values[2], values[3], values[4]));
        }
    }

    private void begin() {
        fire(Event.OPEN);
        fire(Event.UP);
    }

    private void open() {
        begin();
        fire(Event.RCR_PLUS);
        assertThat(fire(Event.RCA)).containsExactly(Action.IRC, Action.TLU);
    }

    private int requestsUntilFinished(Action request) {
        int sent = 0;
        List<Action> actions = expire();
        while (!actions.contains(Action.TLF)) {
            assertThat(actions).containsExactly(request);
            sent++;
            actions = expire();
        }
        return sent;
    }

    private List<Action> expire() {
        nowNanos = automaton.deadlineNanos();
        return fire(automaton.timeoutEvent());
    }

    private List<Action> fire(Event event) {
        return automaton.fire(event, nowNanos);
    }
}
