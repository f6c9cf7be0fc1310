package dev.pptpd.ppp.eap;

import java.util.concurrent.TimeUnit;

/**
 * How patient one end of EAP is.
 *
 * @param restartMillis until a server's Request without an answer is repeated
 * @param maxTransmissions how often a server sends one Request before it gives up
 * @param maxRequests how many Requests a client answers in one login; 0 for any number
 * @param waitMillis how long a client waits for a Request or a verdict; 0 for no limit
 * @param timeoutMillis for a server's whole login, retries included; 0 for no limit
 * @param intervalMillis until a server asks a peer that is in once more; 0 for never
 */
public record EapTimer(
        int restartMillis,
        int maxTransmissions,
        int maxRequests,
        int waitMillis,
        int timeoutMillis,
        int intervalMillis) {
    /** pppd's values, and the minute that CHAP has. */
    public static final EapTimer DEFAULT = new EapTimer(3_000, 10, 20, 20_000, 60_000, 0);

    long restartNanos() {
        return TimeUnit.MILLISECONDS.toNanos(restartMillis);
    }

    /** When a wait that begins now is over; {@link Long#MAX_VALUE} for never. */
    long waitedUntil(long nowNanos) {
        return deadline(waitMillis, nowNanos);
    }

    /** When a login that begins now is over; {@link Long#MAX_VALUE} for never. */
    long timeoutAt(long nowNanos) {
        return deadline(timeoutMillis, nowNanos);
    }

    /** When a peer that is let in now is asked again; {@link Long#MAX_VALUE} for never. */
    long againAt(long nowNanos) {
        return deadline(intervalMillis, nowNanos);
    }

    private static long deadline(int millis, long nowNanos) {
        return millis == 0 ? Long.MAX_VALUE : nowNanos + TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
