package dev.pptpd.config;

/**
 * The timers of PAP.
 *
 * @param restartSeconds time until the side that logs in repeats its request
 * @param maxRequests requests without an answer
 * @param timeoutSeconds time that the server waits for a login; 0 for ever
 */
public record PapLimits(int restartSeconds, int maxRequests, int timeoutSeconds) {
    /** pppd's numbers. */
    public static final PapLimits DEFAULT = new PapLimits(3, 10, 30);
}
