package dev.pptpd.ppp.eap;

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
}
