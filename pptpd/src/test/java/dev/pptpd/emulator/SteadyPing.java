package dev.pptpd.emulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * What a session noticed of something that went on beside it.
 *
 * @param sent echo requests, a hundred a second and at least ten
 * @param lost of these, without an answer
 */
record SteadyPing(int sent, int lost) {
    private static final long INTERVAL_MILLIS = 10;
    private static final int LEAST = 10;

    /** The last answers may wait for a processor. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** Pings the server through the session until the work is done, and once more. */
    static SteadyPing during(EmulatedClient session, Runnable work) {
        CompletableFuture<Void> running =
                CompletableFuture.runAsync(work, task -> Thread.ofPlatform().daemon().start(task));
        List<CompletableFuture<Long>> pings = new ArrayList<>();
        try {
            while (!running.isDone() || pings.size() < LEAST) {
                pings.add(session.ping());
                TimeUnit.MILLISECONDS.sleep(INTERVAL_MILLIS);
            }
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (unanswered(pings) > 0 && System.nanoTime() - deadline < 0) {
                TimeUnit.MILLISECONDS.sleep(INTERVAL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
        running.join();
        return new SteadyPing(pings.size(), unanswered(pings));
    }

    private static int unanswered(List<CompletableFuture<Long>> pings) {
        return (int) pings.stream().filter(ping -> !ping.isDone()).count();
    }

    /** Share of the requests that were lost, 0 to 1. */
    double lossShare() {
        return (double) lost / sent;
    }
}
