package dev.pptpd.config;

/**
 * The timers of CHAP in all its forms.
 *
 * @param restartSeconds time until a Challenge is sent again
 * @param maxChallenges Challenges without an answer
 * @param timeoutSeconds time for the whole login
 * @param intervalSeconds time between challenges to a peer that is logged in; 0 for one login
 */
public record ChapLimits(
        int restartSeconds, int maxChallenges, int timeoutSeconds, int intervalSeconds) {
    /** pppd's numbers. */
    public static final ChapLimits DEFAULT = new ChapLimits(3, 10, 60, 0);
}
