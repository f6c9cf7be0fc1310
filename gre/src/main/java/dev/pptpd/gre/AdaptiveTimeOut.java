package dev.pptpd.gre;

/**
 * How long to wait for an acknowledgment, by the algorithm of the RFC, whose names the fields have.
 * The packet processing delay, which is to seed RTT, is 0 in the calls of all known peers, and
 * twice nothing would be nothing after a time-out; the least time-out stands in for it.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-4.4.1 RFC 2637 section 4.4.1
 */
final class AdaptiveTimeOut {
    // Specification, sections 4.4.1 and 4.4.2.
    private static final int ALPHA_DIVISOR = 8;
    private static final int BETA_DIVISOR = 4;
    private static final int CHI = 4;
    private static final int DELTA = 2;

    private final FlowControl.SlidingWindow limits;
    private long rtt;
    private long dev;

    AdaptiveTimeOut(FlowControl.SlidingWindow limits) {
        this.limits = limits;
        this.rtt = limits.minimumTimeOutNanos();
    }

    /** ATO. */
    long nanos() {
        return Math.clamp(
                rtt + CHI * dev, limits.minimumTimeOutNanos(), limits.maximumTimeOutNanos());
    }

    /** An acknowledgment came after {@code sample} nanoseconds, 0 or more. */
    void onSample(long sample) {
        long diff = sample - rtt;
        dev += (Math.abs(diff) - dev) / BETA_DIVISOR;
        rtt += diff / ALPHA_DIVISOR;
    }

    /** None came. RTT, too, has an end, or a long silence would take as long to be forgotten. */
    void onTimeOut() {
        rtt = Math.min(DELTA * rtt, limits.maximumTimeOutNanos());
    }
}
