package dev.pptpd.limit;

/**
 * How fast a session may be. 0 stands for no limit.
 *
 * @param downKilobits IP packets to the client, in 1,000 bits a second
 * @param upKilobits IP packets from the client, in 1,000 bits a second
 */
public record RateLimits(long downKilobits, long upKilobits) {
    /** A terabit a second, beyond any link and far from any overflow. */
    public static final long MAX_KILOBITS = 1_000_000_000;

    /** As fast as it goes. */
    public static final RateLimits NONE = new RateLimits(0, 0);

    /** Checks both. */
    public RateLimits {
        if (downKilobits < 0
                || upKilobits < 0
                || downKilobits > MAX_KILOBITS
                || upKilobits > MAX_KILOBITS) {
            throw new IllegalArgumentException("rates of " + downKilobits + " and " + upKilobits);
        }
    }
}
