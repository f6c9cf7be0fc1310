package dev.pptpd.gre;

import java.time.Duration;

/**
 * How one tunnel treats the network.
 *
 * @param reorderPackets frames held at most while a number is missing, 0..1023; the one that fills
 *     it ends the wait. 0 and 1 mean never to wait.
 * @param holdNanos how long a frame is held at most, from 0
 * @param acknowledgmentDelayNanos how long an acknowledgment waits for a frame to ride on, from 0
 */
public record GreConfiguration(int reorderPackets, long holdNanos, long acknowledgmentDelayNanos) {
    /**
     * 64 packets are what other implementations hold; 30 ms cover the reordering of parallel paths
     * without stalling the inner TCP when the packet was simply lost; peers acknowledge after 50 to
     * 100 ms.
     */
    public static final GreConfiguration DEFAULT =
            new GreConfiguration(
                    64, Duration.ofMillis(30).toNanos(), Duration.ofMillis(60).toNanos());

    public GreConfiguration {
        if (reorderPackets < 0 || reorderPackets >= ReceiveWindow.NUMBERS) {
            throw new IllegalArgumentException("reorderPackets " + reorderPackets);
        }
        if (holdNanos < 0 || acknowledgmentDelayNanos < 0) {
            throw new IllegalArgumentException("a negative time");
        }
    }
}
