package dev.pptpd.gre;

import java.time.Duration;

/** Whether a tunnel sends on while the peer acknowledges nothing. */
public sealed interface FlowControl {
    /**
     * What acknowledgments say limits nothing. The default, and what Windows does: a window that
     * closes on a lost acknowledgment costs the inner TCP more than it saves.
     */
    FlowControl NONE = new None();

    /** The sliding window with times for real networks. */
    FlowControl SLIDING_WINDOW =
            new SlidingWindow(Duration.ofMillis(600).toNanos(), Duration.ofSeconds(4).toNanos());

    /** Sends what comes. */
    record None() implements FlowControl {}

    /**
     * The sliding window of RFC 2637 sections 4.2 and 4.4.
     *
     * @param minimumTimeOutNanos MinTimeOut, and the round trip assumed before one was measured.
     *     Should be longer than a peer delays its acknowledgments, which is up to 500 ms with
     *     pptp-linux: else every pause ends in a time-out.
     * @param maximumTimeOutNanos MaxTimeOut: how long a window that the peer never opens stays
     *     closed
     * @spec https://www.rfc-editor.org/rfc/rfc2637#section-4.4 RFC 2637 section 4.4
     */
    record SlidingWindow(long minimumTimeOutNanos, long maximumTimeOutNanos)
            implements FlowControl {
        public SlidingWindow {
            if (minimumTimeOutNanos <= 0 || minimumTimeOutNanos > maximumTimeOutNanos) {
                throw new IllegalArgumentException(
                        "time-outs of " + minimumTimeOutNanos + " to " + maximumTimeOutNanos);
            }
        }
    }
}
