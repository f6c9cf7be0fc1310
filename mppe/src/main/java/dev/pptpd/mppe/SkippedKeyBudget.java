package dev.pptpd.mppe;

/**
 * How many session keys a peer may make us skip. Each costs about 2 microseconds, a packet can ask
 * for 2,047 of them and anyone can forge one, so without a bound a thin stream of packets takes a
 * whole core.
 *
 * <p>A token bucket, counted in the nanoseconds of credit that a key costs.
 */
final class SkippedKeyBudget {
    /** What can be spent at once; several whole windows of lost packets. */
    private static final int BURST_KEYS = 10_000;

    /** A full bucket and the refill of one second: at most 20,000 keys in any second. */
    private static final int KEYS_PER_SECOND = 10_000;

    private static final long NANOS_PER_KEY = 1_000_000_000L / KEYS_PER_SECOND;
    private static final long FULL_NANOS = BURST_KEYS * NANOS_PER_KEY;

    private long creditNanos = FULL_NANOS;
    private long refilledAtNanos;

    /**
     * Takes {@code keys} from the budget, or nothing when there are too few.
     *
     * @param nowNanos the monotonic clock
     * @return whether they were there
     */
    boolean spend(int keys, long nowNanos) {
        // The bucket is full before the first call, so that where its clock began does not matter.
        long elapsed = Math.clamp(nowNanos - refilledAtNanos, 0, FULL_NANOS);
        creditNanos = Math.min(FULL_NANOS, creditNanos + elapsed);
        refilledAtNanos = nowNanos;
        long cost = keys * NANOS_PER_KEY;
        if (cost > creditNanos) {
            return false;
        }
        creditNanos -= cost;
        return true;
    }
}
