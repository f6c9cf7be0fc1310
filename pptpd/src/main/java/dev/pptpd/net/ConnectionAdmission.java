package dev.pptpd.net;

import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Decides which TCP connections are kept. A token bucket per address, held as the one time at which
 * the bucket would be full again, and counts of half-open connections. Memory is bounded.
 */
final class ConnectionAdmission {
    /** Addresses remembered for their rate; the one not seen for longest is forgotten. */
    private static final int REMEMBERED_ADDRESSES = 16_384;

    private final ConnectionLimits limits;
    private final long nanosPerAccept;
    private final long burstNanos;
    private final Map<InetAddress, Long> fullAtNanos = new RecentlyUsed();
    private final Map<InetAddress, Integer> halfOpenByAddress = new HashMap<>();
    private int halfOpen;

    ConnectionAdmission(ConnectionLimits limits) {
        this.limits = limits;
        this.nanosPerAccept = Duration.ofSeconds(1).toNanos() / limits.acceptsPerSecondPerAddress();
        this.burstNanos = nanosPerAccept * limits.acceptBurstPerAddress();
    }

    /** Whether to keep a connection from there; if so, it counts as half open until released. */
    boolean admit(InetAddress address, long nowNanos) {
        if (!takeToken(address, nowNanos)
                || halfOpen >= limits.halfOpen()
                || halfOpenByAddress.getOrDefault(address, 0) >= limits.halfOpenPerAddress()) {
            return false;
        }
        halfOpenByAddress.merge(address, 1, Integer::sum);
        halfOpen++;
        return true;
    }

    /** A connection that was admitted has its call, or is closed. */
    void release(InetAddress address) {
        halfOpenByAddress.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
        halfOpen--;
    }

    /** How many addresses are remembered for their rate. */
    int remembered() {
        return fullAtNanos.size();
    }

    int halfOpen() {
        return halfOpen;
    }

    private boolean takeToken(InetAddress address, long nowNanos) {
        long fullAt = fullAtNanos.getOrDefault(address, nowNanos);
        long start = fullAt - nowNanos < 0 ? nowNanos : fullAt;
        long fullAfter = start + nanosPerAccept;
        if (fullAfter - nowNanos > burstNanos) {
            return false;
        }
        fullAtNanos.put(address, fullAfter);
        forget(nowNanos);
        return true;
    }

    /**
     * Whose bucket is full again is like an address that was never seen. Two at a time, so that
     * they become fewer and none of the connections pays for many.
     */
    private void forget(long nowNanos) {
        Iterator<Long> eldest = fullAtNanos.values().iterator();
        for (int i = 0; i < 2 && eldest.hasNext() && eldest.next() - nowNanos <= 0; i++) {
            eldest.remove();
        }
    }

    private static final class RecentlyUsed extends LinkedHashMap<InetAddress, Long> {
        private static final long serialVersionUID = 1L;

        RecentlyUsed() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Long> eldest) {
            return size() > REMEMBERED_ADDRESSES;
        }
    }
}
