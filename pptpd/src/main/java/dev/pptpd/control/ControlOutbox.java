package dev.pptpd.control;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** The actions of one connection that have not been drained yet, oldest first. */
final class ControlOutbox {
    /** Null while it is empty, which it nearly always is. */
    private @Nullable Queue<ControlAction> actions;

    void add(ControlAction action) {
        if (actions == null) {
            actions = new ArrayDeque<>();
        }
        actions.add(action);
    }

    void send(ControlMessage message) {
        add(new ControlAction.Send(message));
    }

    Optional<ControlAction> poll() {
        if (actions == null) {
            return Optional.empty();
        }
        Optional<ControlAction> first = Optional.ofNullable(actions.poll());
        if (actions.isEmpty()) {
            actions = null;
        }
        return first;
    }
}
