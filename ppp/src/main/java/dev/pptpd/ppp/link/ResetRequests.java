package dev.pptpd.ppp.link;

import java.util.concurrent.TimeUnit;

/**
 * When to ask the peer for a flush. At once when packets cannot be read; again while they still
 * cannot, in case that the request or the flushed packet was lost. It is packets that make it ask:
 * without any there is nothing to read.
 */
final class ResetRequests {
    /** Longer than most round trips: until then the answer to the last request may still come. */
    private static final long REPETITION_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    /** Forged packets between those of the peer look like a loss each. */
    private static final int MAX_PER_SECOND = 50;

    private final RateLimit limit = new RateLimit();
    private boolean waiting;
    private long askedNanos;

    /** Whether to send a request now; if so, it is taken for sent. */
    boolean isDue(long nowNanos) {
        boolean early = waiting && nowNanos - askedNanos < REPETITION_NANOS;
        if (early || !limit.permits(MAX_PER_SECOND, nowNanos)) {
            return false;
        }
        waiting = true;
        askedNanos = nowNanos;
        return true;
    }

    /** A packet could be read. */
    void recovered() {
        waiting = false;
    }
}
