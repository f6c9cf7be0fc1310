package dev.pptpd.config;

/**
 * The counters and the timer of one automaton.
 *
 * @param restartSeconds time until a request is sent again
 * @param maxConfigure Configure-Requests without an answer
 * @param maxFailure Configure-Naks before everything is rejected
 * @param maxTerminate Terminate-Requests without an answer
 * @spec https://www.rfc-editor.org/rfc/rfc1661#section-4.6 RFC 1661 section 4.6
 */
public record NegotiationLimits(
        int restartSeconds, int maxConfigure, int maxFailure, int maxTerminate) {
    /** pppd's numbers. */
    public static final NegotiationLimits DEFAULT = new NegotiationLimits(3, 10, 10, 3);
}
