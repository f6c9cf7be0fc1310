package dev.pptpd.ppp.auth;

/**
 * The timers of one end of PAP.
 *
 * @param restartMillis until a client repeats its Authenticate-Request
 * @param maxRequests Authenticate-Requests that a client sends before it gives up
 * @param timeoutMillis how long a server waits for a good one; 0 for ever
 */
public record PapTimer(int restartMillis, int maxRequests, int timeoutMillis) {
    /** pppd's values. */
    public static final PapTimer DEFAULT = new PapTimer(3_000, 10, 30_000);
}
