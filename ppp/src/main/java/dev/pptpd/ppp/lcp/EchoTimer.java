package dev.pptpd.ppp.lcp;

import java.util.concurrent.TimeUnit;

/**
 * When a silent peer counts as gone.
 *
 * @param intervalMillis between Echo-Requests; 0 sends none
 * @param maxFailures Echo-Requests without an answer that end the link; 0 never ends it
 * @param adaptive whether nothing is asked after an interval in which the peer sent data
 */
public record EchoTimer(int intervalMillis, int maxFailures, boolean adaptive) {
    /** Asks whether the peer is heard or not. */
    public EchoTimer(int intervalMillis, int maxFailures) {
        this(intervalMillis, maxFailures, false);
    }

    long intervalNanos() {
        return TimeUnit.MILLISECONDS.toNanos(intervalMillis);
    }
}
