package dev.pptpd.ppp.lcp;

import java.util.concurrent.TimeUnit;

/**
 * When a silent peer counts as gone.
 *
 * @param intervalMillis between Echo-Requests; 0 sends none
 * @param maxFailures Echo-Requests without an answer that end the link; 0 never ends it
 */
public record EchoTimer(int intervalMillis, int maxFailures) {
    long intervalNanos() {
        return TimeUnit.MILLISECONDS.toNanos(intervalMillis);
    }
}
