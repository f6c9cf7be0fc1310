package dev.pptpd.ppp.fsm;

import java.util.List;

/**
 * State, restart counter and Restart timer of one control protocol, driven by the RFC's table.
 * Sends nothing itself: {@link #fire} returns the actions, their owner carries them out.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc1661#section-4 RFC 1661 section 4
 */
public final class Automaton {
    private final RestartTimer timer;
    private State state = State.INITIAL;
    private int restartCount;
    private int attempt;
    private long deadlineNanos = Long.MAX_VALUE;

    /** An automaton in the Initial state. */
    public Automaton(RestartTimer timer) {
        this.timer = timer;
    }

    /** The current state. */
    public State state() {
        return state;
    }

    /** When the Restart timer expires; {@link Long#MAX_VALUE} while it does not run. */
    public long deadlineNanos() {
        return deadlineNanos;
    }

    /**
     * Makes the transition for an event and returns its actions in order.
     *
     * @throws IllegalStateException if the table has a dash there: our own mistake, never the
     *     peer's
     */
    public List<Action> fire(Event event, long nowNanos) {
        Transition transition =
                TransitionTable.transition(state, event)
                        .orElseThrow(
                                () -> new IllegalStateException(event.label() + " in " + state));
        state = transition.next();
        for (Action action : transition.actions()) {
            turnTimer(event, action, nowNanos);
        }
        if (!state.runsRestartTimer()) {
            deadlineNanos = Long.MAX_VALUE;
        }
        return transition.actions();
    }

    /**
     * Goes from Starting to Stopped: the lower layer is up, but the first request is left to the
     * peer. The RFC calls this the passive option.
     */
    public void awaitPeer() {
        if (state != State.STARTING) {
            throw new IllegalStateException("awaitPeer in " + state);
        }
        state = State.STOPPED;
    }

    /** Whether the Restart timer runs and has expired. */
    boolean isDue(long nowNanos) {
        return deadlineNanos != Long.MAX_VALUE && deadlineNanos - nowNanos <= 0;
    }

    /** TO+ while requests are left to send, TO- when there are none. */
    Event timeoutEvent() {
        return restartCount > 0 ? Event.TO_PLUS : Event.TO_MINUS;
    }

    private void turnTimer(Event event, Action action, long nowNanos) {
        switch (action) {
            case IRC -> {
                boolean terminates = state == State.CLOSING || state == State.STOPPING;
                restartCount = terminates ? timer.maxTerminate() : timer.maxConfigure();
                // With an Ack in hand it is the peer who is late. Asking it each time as soon as
                // the first time uses up the rounds of a peer that waits for its own slow timer.
                attempt = event == Event.RCA ? attempt : 0;
            }
            case ZRC -> {
                restartCount = 0;
                deadlineNanos = nowNanos + timer.intervalNanos(Integer.MAX_VALUE);
            }
            case SCR -> {
                restartCount--;
                deadlineNanos = nowNanos + timer.intervalNanos(attempt++);
            }
            case STR -> {
                restartCount--;
                deadlineNanos = nowNanos + timer.terminateIntervalNanos(attempt++);
            }
            case TLU, TLD, TLS, TLF, SCA, SCN, STA, SCJ, SER -> {}
        }
    }
}
