package dev.pptpd.ppp.packet;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * A queue that is filled and drained at once and is empty for hours then: while it is, it keeps no
 * memory, of which a thousand sessions would keep a thousand times as much. Not thread-safe.
 *
 * @param <T> what waits in it
 */
public final class BriefQueue<T> {
    private @Nullable ArrayDeque<T> waiting;

    /** Nothing waits. */
    public BriefQueue() {}

    /** Puts one behind all others. */
    public void add(T last) {
        ArrayDeque<T> queue = waiting;
        if (queue == null) {
            queue = new ArrayDeque<>();
            waiting = queue;
        }
        queue.add(last);
    }

    /** Takes the first; null when there is none. */
    public @Nullable T poll() {
        ArrayDeque<T> queue = waiting;
        if (queue == null) {
            return null;
        }
        T first = queue.poll();
        if (queue.isEmpty()) {
            waiting = null;
        }
        return first;
    }
}
