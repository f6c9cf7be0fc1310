package dev.pptpd.client;

import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: twice as long after each failure, up to a minute, and
 * never the same for two clients that lost the same server. One thread.
 */
final class Backoff {
    /** Long enough for a server to restart, short enough for a line that was cut. */
    static final long MAX_MILLIS = TimeUnit.SECONDS.toMillis(60);

    private final long firstMillis;
    private final long mostMillis;
    private final RandomGenerator random;
    private long stepMillis;

    /**
     * @param firstMillis the longest first wait, at least 1; from {@link #MAX_MILLIS} on it is the
     *     longest of all
     * @param random where the spread comes from; needs not be unpredictable
     */
    Backoff(long firstMillis, RandomGenerator random) {
        if (firstMillis < 1) {
            throw new IllegalArgumentException("first wait of " + firstMillis + " ms");
        }
        this.firstMillis = firstMillis;
        this.mostMillis = Math.max(firstMillis, MAX_MILLIS);
        this.random = random;
        this.stepMillis = firstMillis;
    }

    /** The next wait: between a half and the whole of the step. */
    long nextMillis() {
        long half = stepMillis / 2;
        long wait = stepMillis - random.nextLong(half + 1);
        stepMillis = Math.min(stepMillis * 2, mostMillis);
        return wait;
    }

    /** All is well: the next wait is a first one. */
    void reset() {
        stepMillis = firstMillis;
    }
}
