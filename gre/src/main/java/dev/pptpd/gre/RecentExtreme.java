package dev.pptpd.gre;

/**
 * The largest or the smallest of the values of the last 10 to 20 seconds. Two numbers in place of a
 * list: the extreme of the current ten seconds and that of the ten before.
 */
final class RecentExtreme {
    /** Long enough to see the slowest of the peers answer, short enough to follow a new route. */
    private static final long PERIOD_NANOS = 10_000_000_000L;

    private final boolean largest;
    private boolean known;
    private long periodStartNanos;
    private long current;
    private long previous;

    private RecentExtreme(boolean largest) {
        this.largest = largest;
    }

    static RecentExtreme smallest() {
        return new RecentExtreme(false);
    }

    static RecentExtreme largest() {
        return new RecentExtreme(true);
    }

    void take(long value, long nowNanos) {
        long age = nowNanos - periodStartNanos;
        if (!known || age >= 2 * PERIOD_NANOS) {
            startPeriod(nowNanos, value, value);
        } else if (age >= PERIOD_NANOS) {
            startPeriod(nowNanos, value, current);
        } else {
            current = further(current, value);
        }
        known = true;
    }

    private void startPeriod(long nowNanos, long first, long before) {
        periodStartNanos = nowNanos;
        current = first;
        previous = before;
    }

    private long further(long a, long b) {
        return largest ? Math.max(a, b) : Math.min(a, b);
    }

    boolean isKnown() {
        return known;
    }

    /** 0 while nothing is known. */
    long value() {
        return further(current, previous);
    }
}
