package dev.pptpd.gre;

import org.jspecify.annotations.Nullable;

/**
 * How long a frame waits for a number that is missing before it. The number is either lost, and
 * then every millisecond of waiting stalls the inner TCP for nothing, or it was overtaken, and then
 * giving it up loses a packet that the path did not lose. Which it is cannot be known, so the wait
 * is the larger of two measurements, within the configured limits:
 *
 * <ul>
 *   <li><b>A quarter of the shortest recent round trip.</b> Reordering comes from paths of
 *       different length, and a quarter of the round trip is what RFC 8985 (RACK) grants TCP for
 *       it. The shortest, because the time from a packet to its acknowledgment contains the peer's
 *       delay, 100 ms with Windows and 500 ms with pptp-linux: both the smoothed value and its
 *       deviation mostly measure that timer. An acknowledgment that rode on data has no such delay,
 *       and one of them in ten seconds is enough. Where all came late the value is too large, but
 *       for pptp-linux alone by no more than 125 ms.
 *   <li><b>One and a half times the lateness seen recently</b>, which is how long after the first
 *       packet that overtook it a missing number came. This is the thing itself, on paths where
 *       reordering has nothing to do with the round trip. It is also measured for numbers that came
 *       after they had been given up, so that a wait which was too short once is long enough the
 *       next time; unless they were later than any permitted wait. On a path that only loses,
 *       nothing is ever late, and this part is nothing.
 * </ul>
 *
 * <p>Before a round trip was measured its part is a configured value.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8985#section-3.3.1 RFC 8985 section 3.3.1
 */
final class HoldTime {
    /** RFC 8985 section 6.2: the reordering window begins as a quarter of the round trip. */
    private static final int ROUND_TRIP_DIVISOR = 4;

    private final GreConfiguration.HoldLimits limits;
    private final RecentExtreme roundTrip = RecentExtreme.smallest();

    /** Null while no number was ever missing. */
    private @Nullable RecentExtreme lateness;

    private long nanos;

    HoldTime(GreConfiguration.HoldLimits limits) {
        this.limits = limits;
        this.nanos = limits.firstNanos();
    }

    /** The wait now. */
    long nanos() {
        return nanos;
    }

    /** A packet was acknowledged after that time. */
    void onRoundTrip(long roundTripNanos, long nowNanos) {
        roundTrip.take(roundTripNanos, nowNanos);
        update();
    }

    /** A number is missing; lets what was seen long ago be forgotten. */
    void onGap(long nowNanos) {
        takeLateness(0, nowNanos);
    }

    /** A missing number came that long after it had been overtaken. */
    void onOvertaken(long latenessNanos, long nowNanos) {
        if (latenessNanos <= limits.maximumNanos()) {
            takeLateness(latenessNanos, nowNanos);
        }
    }

    private void takeLateness(long nanosLate, long nowNanos) {
        RecentExtreme recent = lateness == null ? RecentExtreme.largest() : lateness;
        lateness = recent;
        recent.take(nanosLate, nowNanos);
        update();
    }

    private void update() {
        long byRoundTrip =
                roundTrip.isKnown() ? roundTrip.value() / ROUND_TRIP_DIVISOR : limits.firstNanos();
        long late = lateness == null ? 0 : lateness.value();
        long byLateness = late + late / 2;
        long wanted = Math.max(byRoundTrip, byLateness);
        nanos = Math.clamp(wanted, limits.minimumNanos(), limits.maximumNanos());
    }
}
