package dev.pptpd.ppp.auth;

import java.util.concurrent.TimeUnit;

/**
 * The timers of a CHAP server.
 *
 * @param restartMillis until an unanswered Challenge is repeated
 * @param maxChallenge Challenges sent without an answer before giving up
 * @param timeoutMillis for the whole exchange, retries included; 0 for no limit, as with pppd
 * @param maxTries Responses that may be wrong, the last one included
 */
public record ChapTimer(int restartMillis, int maxChallenge, int timeoutMillis, int maxTries) {
    /** pppd's values, and three tries. */
    public static final ChapTimer DEFAULT = new ChapTimer(3_000, 10, 60_000, 3);

    long restartNanos() {
        return TimeUnit.MILLISECONDS.toNanos(restartMillis);
    }

    long timeoutNanos() {
        return TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    }
}
