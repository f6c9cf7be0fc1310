package dev.pptpd.net;

import dev.pptpd.control.ControlCloseReason;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What the control server has seen. Written by its event loop, read by any thread. */
public final class ControlServerCounters {
    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder overflowed = new LongAdder();
    private final AtomicInteger open = new AtomicInteger();
    private final Map<ControlCloseReason, LongAdder> closed =
            new EnumMap<>(ControlCloseReason.class);

    ControlServerCounters() {
        for (var reason : ControlCloseReason.values()) {
            closed.put(reason, new LongAdder());
        }
    }

    /** TCP connections kept. */
    public long accepted() {
        return accepted.sum();
    }

    /** TCP connections closed at once, by {@link ConnectionLimits}. */
    public long refused() {
        return refused.sum();
    }

    /** Connections closed since the peer did not read what it was sent. */
    public long overflowed() {
        return overflowed.sum();
    }

    /** TCP connections that are open now. */
    public int open() {
        return open.get();
    }

    /** Connections closed for this reason. */
    public long closed(ControlCloseReason reason) {
        return Objects.requireNonNull(closed.get(reason)).sum();
    }

    void countAccepted() {
        accepted.increment();
        open.incrementAndGet();
    }

    void countRefused() {
        refused.increment();
    }

    void countOverflowed() {
        overflowed.increment();
    }

    void countGone() {
        open.decrementAndGet();
    }

    void countClosed(ControlCloseReason reason) {
        Objects.requireNonNull(closed.get(reason)).increment();
    }
}
