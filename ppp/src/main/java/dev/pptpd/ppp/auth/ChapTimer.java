package dev.pptpd.ppp.auth;

/**
 * The timers of one end of CHAP.
 *
 * @param restartMillis until a server's Challenge without an answer, or a client's Response without
 *     a verdict, is repeated
 * @param maxChallenge Challenges, or Responses, sent in vain before giving up
 * @param timeoutMillis for the whole exchange, retries included; 0 for no limit, as with pppd
 * @param intervalMillis after which a server challenges a peer that is in again; 0 for never
 */
public record ChapTimer(
        int restartMillis, int maxChallenge, int timeoutMillis, int intervalMillis) {
    /** pppd's values. */
    public static final ChapTimer DEFAULT = new ChapTimer(3_000, 10, 60_000, 0);
}
