package dev.pptpd.ppp.link;

import java.util.concurrent.TimeUnit;

/** Whether faults of one kind have gone on for longer than a link can bear. */
final class FaultSpan {
    /** Long enough for any trouble that passes by itself. */
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final int leastFaults;
    private final long longestGapNanos;
    private int faults;
    private int successes;
    private long firstNanos;
    private long lastNanos;

    /**
     * @param leastFaults fewer of them end nothing, however long they take
     * @param longestGapNanos between two faults, before the later one begins a new span
     */
    FaultSpan(int leastFaults, long longestGapNanos) {
        this.leastFaults = leastFaults;
        this.longestGapNanos = longestGapNanos;
    }

    void fault(long nowNanos) {
        if (faults == 0 || nowNanos - lastNanos > longestGapNanos) {
            restart();
            firstNanos = nowNanos;
        }
        lastNanos = nowNanos;
        faults++;
    }

    /** What speaks for the peer, but does not end the span. */
    void success() {
        successes++;
    }

    /** There was no fault so far. */
    void restart() {
        faults = 0;
        successes = 0;
    }

    /**
     * Whether it is enough. Where there are as many successes as faults, the peer works and
     * somebody else is at fault, or the path.
     */
    boolean isIntolerable() {
        return faults >= leastFaults && faults > successes && lastNanos - firstNanos >= LIMIT_NANOS;
    }
}
