package dev.pptpd.net;

/**
 * What one address, and all together, may take of the listener. A connection is half open until its
 * first call is accepted.
 *
 * @param halfOpenPerAddress at a time
 * @param halfOpen of all addresses at a time
 * @param acceptsPerSecondPerAddress in the long run
 * @param acceptBurstPerAddress at once, after a pause
 * @param outputOctets queued for a peer that does not read, before it is closed
 */
public record ConnectionLimits(
        int halfOpenPerAddress,
        int halfOpen,
        int acceptsPerSecondPerAddress,
        int acceptBurstPerAddress,
        int outputOctets) {

    /**
     * Per address, room for an office of fifty behind one NAT whose clients all come back at once
     * after an outage, with some to spare. That each of them is closed after seconds if it stays
     * silent keeps what a single host can hold small.
     */
    public static final ConnectionLimits DEFAULTS =
            new ConnectionLimits(64, 1000, 10, 128, 64 * 1024);

    /**
     * @throws IllegalArgumentException if a limit is not positive
     */
    public ConnectionLimits {
        requirePositive("halfOpenPerAddress", halfOpenPerAddress);
        requirePositive("halfOpen", halfOpen);
        requirePositive("acceptsPerSecondPerAddress", acceptsPerSecondPerAddress);
        requirePositive("acceptBurstPerAddress", acceptBurstPerAddress);
        requirePositive("outputOctets", outputOctets);
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value);
        }
    }
}
