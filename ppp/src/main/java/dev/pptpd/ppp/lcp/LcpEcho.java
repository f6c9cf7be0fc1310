package dev.pptpd.ppp.lcp;

/**
 * Counts the Echo-Requests that a peer leaves unanswered.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc1661#section-5.8 RFC 1661 section 5.8
 */
public final class LcpEcho {
    private final EchoTimer timer;
    private int unanswered;
    private boolean heard;
    private long deadlineNanos = Long.MAX_VALUE;

    /** What is due when the deadline has come. */
    public enum Due {
        NOTHING,
        SEND_ECHO_REQUEST,
        PEER_IS_DEAD
    }

    /** An echo that does not run yet. */
    public LcpEcho(EchoTimer timer) {
        this.timer = timer;
    }

    /** Runs from now on; the first request is due in one interval. */
    public void start(long nowNanos) {
        unanswered = 0;
        heard = false;
        if (timer.intervalMillis() > 0) {
            deadlineNanos = nowNanos + timer.intervalNanos();
        }
    }

    /** Runs no longer. */
    public void stop() {
        deadlineNanos = Long.MAX_VALUE;
    }

    /** The peer answered. */
    public void answered() {
        unanswered = 0;
    }

    /** The peer sent data. Costs nothing, for it is told of each packet. */
    public void heard() {
        heard = true;
    }

    /** When {@link #onTimeout} is due; {@link Long#MAX_VALUE} while it does not run. */
    public long deadlineNanos() {
        return deadlineNanos;
    }

    /** Tells what is due and sets the next deadline. */
    public Due onTimeout(long nowNanos) {
        if (deadlineNanos == Long.MAX_VALUE || deadlineNanos - nowNanos > 0) {
            return Due.NOTHING;
        }
        if (timer.adaptive() && heard) {
            heard = false;
            unanswered = 0;
            deadlineNanos = nowNanos + timer.intervalNanos();
            return Due.NOTHING;
        }
        if (timer.maxFailures() > 0 && unanswered >= timer.maxFailures()) {
            stop();
            return Due.PEER_IS_DEAD;
        }
        unanswered++;
        deadlineNanos = nowNanos + timer.intervalNanos();
        return Due.SEND_ECHO_REQUEST;
    }

    /** Echo-Requests sent since the last answer. */
    public int unanswered() {
        return unanswered;
    }
}
