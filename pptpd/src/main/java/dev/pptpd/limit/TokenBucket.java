package dev.pptpd.limit;

import java.util.concurrent.TimeUnit;

/**
 * Lets packets of one direction pass at a rate and drops what is more: TCP finds its pace by that,
 * and nothing waits in a queue of ours. Allocates nothing and divides nothing for a packet. One
 * thread.
 *
 * <p>The bucket is kept as the time at which it will be full again. A packet that passes puts that
 * time off by as long as its octets take at the rate; one that would put it off beyond the time
 * that an empty bucket takes to fill is dropped.
 */
public final class TokenBucket {
    /**
     * Longer than the silence of a TCP that has lost the end of a burst: its timer waits for 200 ms
     * at least (Linux; RFC 6298 has a second). What the bucket could not save meanwhile would be
     * lost: with 100 ms one connection got 0.55 of the rate, with 300 ms it gets 0.94 to 1.
     */
    private static final long BURST_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    /** However slow the rate is: the ten packets with which TCP begins, RFC 6928. */
    private static final int LEAST_BURST_OCTETS = 15_000;

    private static final double NANOS_PER_OCTET_AT_ONE_KILOBIT = 8e6;

    /** Lets everything pass, and has nothing to remember: one is enough for all. */
    public static final TokenBucket UNLIMITED = new TokenBucket(0);

    private final double nanosPerOctet;
    private final long burstNanos;
    private boolean used;
    private long fullNanos;

    /**
     * A full bucket.
     *
     * @param kilobits 1,000 bits a second; 0 for one that lets everything pass
     */
    public TokenBucket(long kilobits) {
        this.nanosPerOctet = kilobits == 0 ? 0 : NANOS_PER_OCTET_AT_ONE_KILOBIT / kilobits;
        this.burstNanos = Math.max(BURST_NANOS, (long) (LEAST_BURST_OCTETS * nanosPerOctet));
    }

    /**
     * A full bucket.
     *
     * @param kilobits as the constructor has it
     */
    public static TokenBucket of(long kilobits) {
        return kilobits == 0 ? UNLIMITED : new TokenBucket(kilobits);
    }

    /** Takes the octets of a packet; false when there are not enough, and it is to be dropped. */
    public boolean take(int octets, long nowNanos) {
        if (nanosPerOctet == 0) {
            return true;
        }
        if (!used || fullNanos - nowNanos < 0) {
            used = true;
            fullNanos = nowNanos;
        }
        long then = fullNanos + (long) (octets * nanosPerOctet);
        if (then - nowNanos > burstNanos) {
            return false;
        }
        fullNanos = then;
        return true;
    }
}
