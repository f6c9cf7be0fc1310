package dev.pptpd.impair;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * One direction of a bad path: packets and time in, packets out. The same seed and the same input
 * give the same output. It knows nothing of what a packet is.
 *
 * @param <P> a packet
 */
final class ImpairedPath<P> {
    /** A window that does not fill leaves after so long, or a quiet path would never end. */
    private static final long SHUFFLE_PATIENCE_NANOS = 50_000_000;

    private record Departure<P>(long atNanos, long turn, long arrival, P packet)
            implements Comparable<Departure<P>> {
        @Override
        public int compareTo(Departure<P> other) {
            int byTime = Long.compare(atNanos - other.atNanos, 0);
            return byTime != 0 ? byTime : Long.compare(turn, other.turn);
        }
    }

    private record Arrival<P>(long number, P packet) {}

    private final Impairment impairment;
    private final Random random;
    private final PriorityQueue<Departure<P>> departures = new PriorityQueue<>();
    private final List<Arrival<P>> window = new ArrayList<>();

    private long windowEndsNanos;
    private boolean anyScheduled;
    private long lastDepartureNanos;
    private long turns;
    private long latestSent = -1;

    private long seen;
    private long lost;
    private long duplicated;
    private long reordered;

    ImpairedPath(Impairment impairment, long seed) {
        this.impairment = impairment;
        this.random = new Random(seed);
    }

    /** A packet comes in. */
    void offer(P packet, long nowNanos) {
        var arrival = new Arrival<>(seen++, packet);
        if (random.nextDouble() < impairment.loss()) {
            lost++;
            return;
        }
        pass(arrival, nowNanos);
        if (random.nextDouble() < impairment.duplication()) {
            duplicated++;
            pass(arrival, nowNanos);
        }
    }

    private void pass(Arrival<P> arrival, long nowNanos) {
        if (impairment.shuffled() == 1) {
            schedule(arrival, nowNanos);
            return;
        }
        if (window.isEmpty()) {
            windowEndsNanos = nowNanos + SHUFFLE_PATIENCE_NANOS;
        }
        window.add(arrival);
        if (window.size() >= impairment.shuffled()) {
            endWindow(nowNanos);
        }
    }

    private void endWindow(long nowNanos) {
        Collections.shuffle(window, random);
        window.forEach(arrival -> schedule(arrival, nowNanos));
        window.clear();
    }

    private void schedule(Arrival<P> arrival, long nowNanos) {
        long least = impairment.leastDelay().toNanos();
        long greatest = impairment.greatestDelay().toNanos();
        long at = nowNanos + least + (long) (random.nextDouble() * (greatest - least));
        if (anyScheduled && at - lastDepartureNanos < 0) {
            at = lastDepartureNanos;
        }
        if (random.nextDouble() < impairment.reordering()) {
            at += greatest;
        } else {
            anyScheduled = true;
            lastDepartureNanos = at;
        }
        departures.add(new Departure<>(at, turns++, arrival.number(), arrival.packet()));
    }

    /** The next packet whose time has come. */
    Optional<P> poll(long nowNanos) {
        if (!window.isEmpty() && nowNanos - windowEndsNanos >= 0) {
            endWindow(nowNanos);
        }
        Departure<P> next = departures.peek();
        if (next == null || next.atNanos - nowNanos > 0) {
            return Optional.empty();
        }
        departures.remove();
        if (next.arrival < latestSent) {
            reordered++;
        }
        latestSent = Math.max(latestSent, next.arrival);
        return Optional.of(next.packet);
    }

    /** When {@link #poll} has the next packet, if none comes in before. */
    OptionalLong nextDeadlineNanos() {
        Departure<P> next = departures.peek();
        if (window.isEmpty()) {
            return next == null ? OptionalLong.empty() : OptionalLong.of(next.atNanos);
        }
        boolean departsFirst = next != null && next.atNanos - windowEndsNanos < 0;
        return OptionalLong.of(departsFirst ? next.atNanos : windowEndsNanos);
    }

    PathCounters counters() {
        return new PathCounters(seen, lost, duplicated, reordered);
    }
}
