package dev.pptpd.ppp.fsm;

import java.util.concurrent.TimeUnit;

/**
 * The counters and the timer of one control protocol.
 *
 * @param firstMillis until the first repetition of a request; doubles up to {@code intervalMillis}
 * @param intervalMillis until every later one, the RFC's Restart timer
 * @param maxConfigure Configure-Requests sent without an answer before giving up
 * @param maxTerminate Terminate-Requests sent without an answer before giving up
 * @param maxFailure Configure-Naks sent before everything is rejected instead
 * @spec https://www.rfc-editor.org/rfc/rfc1661#section-4.6 RFC 1661 section 4.6
 */
public record RestartTimer(
        int firstMillis, int intervalMillis, int maxConfigure, int maxTerminate, int maxFailure) {
    /**
     * What pppd uses, but that the first repetition comes after a second. It must not come before a
     * far peer can have answered: pppd takes a request that is repeated to it when its layer is
     * open for a new negotiation.
     */
    public static final RestartTimer DEFAULT = new RestartTimer(1_000, 3_000, 10, 3, 10);

    /** What pppd uses. For CCP, where pppd ends the link over a request that is repeated to it. */
    public static final RestartTimer UNHURRIED = new RestartTimer(3_000, 3_000, 10, 3, 10);

    /** A Terminate-Request that comes twice does no harm, and whoever is gone must not hold us. */
    private static final int FIRST_TERMINATE_MILLIS = 300;

    /** All values must be positive. */
    public RestartTimer {
        if (firstMillis <= 0
                || intervalMillis <= 0
                || maxConfigure <= 0
                || maxTerminate <= 0
                || maxFailure <= 0) {
            throw new IllegalArgumentException("every value of a restart timer is positive");
        }
    }

    /** Time to wait after sending a Configure-Request for the {@code attempt}th time, from 0. */
    long intervalNanos(int attempt) {
        return intervalNanos(firstMillis, attempt);
    }

    /** Time to wait after sending a Terminate-Request for the {@code attempt}th time, from 0. */
    long terminateIntervalNanos(int attempt) {
        return intervalNanos(FIRST_TERMINATE_MILLIS, attempt);
    }

    private long intervalNanos(int first, int attempt) {
        long millis = (long) first << Math.min(attempt, 20);
        return TimeUnit.MILLISECONDS.toNanos(Math.min(millis, intervalMillis));
    }
}
