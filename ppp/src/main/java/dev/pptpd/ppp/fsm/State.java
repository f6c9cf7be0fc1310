package dev.pptpd.ppp.fsm;

/**
 * The states of the automaton, in the order of their numbers.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc1661#section-4.2 RFC 1661 section 4.2
 */
public enum State {
    INITIAL(0),
    STARTING(1),
    CLOSED(2),
    STOPPED(3),
    CLOSING(4),
    STOPPING(5),
    REQ_SENT(6),
    ACK_RCVD(7),
    ACK_SENT(8),
    OPENED(9);

    private final int number;

    State(int number) {
        this.number = number;
    }

    /** The number at the head of its column in the table, 0..9. */
    public int number() {
        return number;
    }

    /** The state with a number of the table. */
    static State numbered(int number) {
        for (State state : values()) {
            if (state.number == number) {
                return state;
            }
        }
        throw new IllegalStateException("no state has number " + number);
    }

    /** Whether the Restart timer runs in this state: those with TO events in the table. */
    boolean runsRestartTimer() {
        return switch (this) {
            case CLOSING, STOPPING, REQ_SENT, ACK_RCVD, ACK_SENT -> true;
            case INITIAL, STARTING, CLOSED, STOPPED, OPENED -> false;
        };
    }

    /** Whether the lower layer is up in this state, so that packets can be received. */
    boolean isLinked() {
        return this != INITIAL && this != STARTING;
    }
}
