package dev.pptpd.ppp.link;

import java.util.concurrent.TimeUnit;

/**
 * When LCP begins, and by when the network has to be there: a peer that never gets on to it must
 * not keep its place for ever.
 */
final class SetupTime {
    /** Besides the login, which has its own limit: from the first frame to the network. */
    private static final long SETUP_NANOS = TimeUnit.SECONDS.toNanos(30);

    private static final long NEVER = Long.MAX_VALUE;

    private long startNanos = NEVER;
    private long upByNanos = NEVER;

    /** The call is there, and the peer may speak first for so long. */
    void start(int delayMillis, long nowNanos) {
        startNanos = nowNanos + TimeUnit.MILLISECONDS.toNanos(delayMillis);
    }

    /** Whether the peer has had its time to speak first. */
    boolean isStartDue(long nowNanos) {
        return hasCome(startNanos, nowNanos);
    }

    /** LCP has begun. */
    void started() {
        startNanos = NEVER;
    }

    /**
     * The time runs from now on, unless it runs already.
     *
     * @param loginMillis what the login may take besides; 0 for no limit, to the set-up neither
     */
    void limit(int loginMillis, long nowNanos) {
        if (upByNanos == NEVER && loginMillis > 0) {
            upByNanos = nowNanos + SETUP_NANOS + TimeUnit.MILLISECONDS.toNanos(loginMillis);
        }
    }

    /** The time begins anew: a user who is asked for another password gets what the login gives. */
    void extend(long nowNanos) {
        upByNanos = nowNanos + SETUP_NANOS;
    }

    /** Whether the network should be there by now. */
    boolean isOver(long nowNanos) {
        return hasCome(upByNanos, nowNanos);
    }

    /** The network is there, or is not to come any more. */
    void unlimit() {
        upByNanos = NEVER;
    }

    /** The link is over. */
    void end() {
        started();
        unlimit();
    }

    long nextDeadlineNanos() {
        return Math.min(startNanos, upByNanos);
    }

    private static boolean hasCome(long deadlineNanos, long nowNanos) {
        return deadlineNanos != NEVER && deadlineNanos - nowNanos <= 0;
    }
}
