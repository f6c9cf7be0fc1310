package dev.pptpd.gre;

import java.time.Duration;

/**
 * How one tunnel treats the network.
 *
 * @param reorderPackets frames held at most while a number is missing, 0..1023; the one that fills
 *     it ends the wait. 0 and 1 mean never to wait.
 * @param hold how long a frame is held at most
 * @param acknowledgments when to acknowledge
 * @param flowControl whether to limit what is sent ahead of the peer's acknowledgments
 */
public record GreConfiguration(
        int reorderPackets,
        HoldLimits hold,
        AcknowledgmentPolicy acknowledgments,
        FlowControl flowControl) {
    /** 64 packets are what other implementations hold. */
    public static final GreConfiguration DEFAULT =
            new GreConfiguration(
                    64, HoldLimits.DEFAULT, AcknowledgmentPolicy.DEFAULT, FlowControl.NONE);

    public GreConfiguration {
        if (reorderPackets < 0 || reorderPackets >= ReceiveWindow.NUMBERS) {
            throw new IllegalArgumentException("reorderPackets " + reorderPackets);
        }
    }

    /** The same with another flow control. */
    public GreConfiguration withFlowControl(FlowControl other) {
        return new GreConfiguration(reorderPackets, hold, acknowledgments, other);
    }

    /**
     * Between which times the wait for a missing number adapts to the path.
     *
     * @param minimumNanos from 0
     * @param maximumNanos from {@code minimumNanos}
     * @param firstNanos before anything was measured, between the two
     */
    public record HoldLimits(long minimumNanos, long maximumNanos, long firstNanos) {
        /**
         * Parallel links of one carrier differ by less than 10 ms. A wait of more than 300 ms is
         * beyond what the inner TCP would wait itself before it repeats. 30 ms are the middle, for
         * the time in which a login goes on.
         */
        public static final HoldLimits DEFAULT =
                new HoldLimits(
                        Duration.ofMillis(10).toNanos(),
                        Duration.ofMillis(300).toNanos(),
                        Duration.ofMillis(30).toNanos());

        public HoldLimits {
            if (minimumNanos < 0 || minimumNanos > firstNanos || firstNanos > maximumNanos) {
                throw new IllegalArgumentException(
                        "not in order: " + minimumNanos + ", " + firstNanos + ", " + maximumNanos);
            }
        }

        /** One time, whatever the path is like. */
        public static HoldLimits fixed(long nanos) {
            return new HoldLimits(nanos, nanos, nanos);
        }
    }

    /**
     * When received packets are acknowledged: with the next data packet, or alone when there was
     * none.
     *
     * @param delayNanos after which an acknowledgment goes alone, from 0
     * @param packets after which it does so at once, from 1
     */
    public record AcknowledgmentPolicy(long delayNanos, int packets) {
        /**
         * 60 ms, as PoPToP has it, are sooner than the 100 ms of Windows, and long enough for an
         * answer to come by on which it can ride. Half of the 64 packets that peers are told to be
         * our window keep a sender from ever meeting its end: macOS and pptp-linux count.
         */
        public static final AcknowledgmentPolicy DEFAULT =
                new AcknowledgmentPolicy(Duration.ofMillis(60).toNanos(), 32);

        public AcknowledgmentPolicy {
            if (delayNanos < 0 || packets < 1) {
                throw new IllegalArgumentException(delayNanos + " ns, " + packets + " packets");
            }
        }
    }
}
