package dev.pptpd.session;

import java.util.concurrent.TimeUnit;

/**
 * How many answers of our own a client may cause: a few at once, then one in a second. A client
 * that floods us with questions costs no more than it sends.
 */
public final class AnswerBudget {
    /** Windows asks twice or three times when it comes up. */
    private static final int BURST = 8;

    private static final long REFILL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private int left = BURST;
    private long refilledNanos;

    /** Takes one; false when none is left. */
    public boolean take(long nowNanos) {
        if (left == BURST) {
            refilledNanos = nowNanos;
        }
        long earned = (nowNanos - refilledNanos) / REFILL_NANOS;
        left = (int) Math.min(BURST, left + earned);
        refilledNanos += earned * REFILL_NANOS;
        if (left == 0) {
            return false;
        }
        left--;
        return true;
    }
}
