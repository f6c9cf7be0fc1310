package dev.pptpd.lab;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting for what the operating system cannot announce: files, devices, processes of a guest. */
final class Poll {

    /** Short against every limit of the tests, long against the cost of one look. */
    private static final Duration PAUSE = Duration.ofMillis(20);

    private Poll() {}

    /**
     * Looks until the condition holds.
     *
     * @param failure says what was waited for, once the limit is over
     */
    static void until(Duration limit, BooleanSupplier condition, Supplier<String> failure) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("not within %s: %s".formatted(limit, failure.get()));
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            if (Thread.interrupted()) {
                throw new AssertionError("interrupted: " + failure.get());
            }
        }
    }
}
