package dev.pptpd.ppp.fsm;

import java.util.List;

/** One cell of the table: what to do, in this order, and where to go. */
public record Transition(List<Action> actions, State next) {
    /** Copies the list. */
    public Transition {
        actions = List.copyOf(actions);
    }
}
