package dev.pptpd.control;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/** The actions of one connection that have not been drained yet, oldest first. */
final class ControlOutbox {
    private final Queue<ControlAction> actions = new ArrayDeque<>();

    void add(ControlAction action) {
        actions.add(action);
    }

    void send(ControlMessage message) {
        actions.add(new ControlAction.Send(message));
    }

    Optional<ControlAction> poll() {
        return Optional.ofNullable(actions.poll());
    }
}
