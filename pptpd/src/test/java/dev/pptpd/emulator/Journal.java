package dev.pptpd.emulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** All that a client observed, in order. Written by the client's thread, read by the test's. */
public final class Journal {
    private record Entry(long nanos, Observation observation) {}

    private final List<Entry> entries = new ArrayList<>();
    private boolean stopped;

    /** Keeps what there is and takes nothing more: for loads of which every packet is the same. */
    public synchronized void stop() {
        stopped = true;
    }

    synchronized void add(Observation observation) {
        if (stopped) {
            return;
        }
        entries.add(new Entry(System.nanoTime(), observation));
        notifyAll();
    }

    /** How many observations there are so far; a mark for what comes later. */
    public synchronized int size() {
        return entries.size();
    }

    public List<Observation> all(Predicate<Observation> wanted) {
        return allAfter(0, wanted);
    }

    /** Such observations after the mark, so far. */
    public synchronized List<Observation> allAfter(int mark, Predicate<Observation> wanted) {
        return entries.subList(mark, entries.size()).stream()
                .map(Entry::observation)
                .filter(wanted)
                .toList();
    }

    public int count(Predicate<Observation> wanted) {
        return all(wanted).size();
    }

    /** Waits for the first such observation, past ones included. */
    public Observation await(String what, Predicate<Observation> wanted, Duration limit) {
        return awaitAfter(0, what, wanted, limit);
    }

    /** Waits for the first such observation after the mark. */
    public synchronized Observation awaitAfter(
            int mark, String what, Predicate<Observation> wanted, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        int next = mark;
        while (true) {
            Optional<Observation> found = find(next, wanted);
            if (found.isPresent()) {
                return found.get();
            }
            next = entries.size();
            long leftMillis = (deadline - System.nanoTime()) / 1_000_000;
            if (leftMillis <= 0) {
                throw new AssertionError("no " + what + " within " + limit + "; saw:\n" + this);
            }
            waitForMore(leftMillis);
        }
    }

    private Optional<Observation> find(int start, Predicate<Observation> wanted) {
        return entries.subList(start, entries.size()).stream()
                .map(Entry::observation)
                .filter(wanted)
                .findFirst();
    }

    @SuppressWarnings("WaitNotInLoop") // the caller's loop
    private synchronized void waitForMore(long millis) {
        try {
            wait(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted; saw:\n" + this, e);
        }
    }

    /** One line for each observation, with milliseconds since the first. */
    @Override
    public synchronized String toString() {
        var text = new StringBuilder();
        for (Entry entry : entries) {
            long micros = (entry.nanos - entries.getFirst().nanos) / 1000;
            text.append("%9.3f ms  %s%n".formatted(micros / 1000.0, entry.observation));
        }
        return text.toString();
    }
}
