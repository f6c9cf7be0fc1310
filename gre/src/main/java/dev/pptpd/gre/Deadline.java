package dev.pptpd.gre;

/**
 * Arithmetic on deadlines: monotonic nanoseconds whose origin is arbitrary, so that they may be
 * negative and may wrap. Two of them that lie less than 292 years apart compare by their
 * difference; the one value that is no time is told apart first.
 */
public final class Deadline {
    /** Nothing is due, ever. */
    public static final long NEVER = Long.MAX_VALUE;

    private Deadline() {}

    /** {@code delayNanos}, 0 or more, after {@code nowNanos}; never {@link #NEVER}. */
    public static long after(long nowNanos, long delayNanos) {
        long deadline = nowNanos + delayNanos;
        return deadline == NEVER ? NEVER + 1 : deadline;
    }

    /** The one that is due first. */
    public static long earlier(long a, long b) {
        if (a == NEVER || b == NEVER) {
            return a == NEVER ? b : a;
        }
        return a - b < 0 ? a : b;
    }

    /** Whether it has come. */
    public static boolean isDue(long deadline, long nowNanos) {
        return deadline != NEVER && deadline - nowNanos <= 0;
    }
}
