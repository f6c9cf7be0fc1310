package dev.pptpd.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The lines that a process writes, kept from its first one and awaited by the test's thread. */
final class OutputLines {

    private final List<String> lines = new ArrayList<>();
    private boolean ended;

    /** Collects until the stream ends, on a thread of its own. */
    static OutputLines of(InputStream stream) {
        OutputLines output = new OutputLines();
        Thread.ofPlatform().daemon().name("lab-output").start(() -> output.collect(stream));
        return output;
    }

    synchronized List<String> snapshot() {
        return List.copyOf(lines);
    }

    /**
     * Waits for the first line, old or new, that the function finds something in.
     *
     * @return empty when the time is over, or when the stream has ended without one
     */
    synchronized <T> Optional<T> await(Duration limit, Function<String, Optional<T>> search) {
        long deadline = System.nanoTime() + limit.toNanos();
        int next = 0;
        while (true) {
            for (; next < lines.size(); next++) {
                Optional<T> found = search.apply(lines.get(next));
                if (found.isPresent()) {
                    return found;
                }
            }
            long left = deadline - System.nanoTime();
            if (ended || left <= 0) {
                return Optional.empty();
            }
            pause(left);
        }
    }

    /** Waits for the end of the stream, or for the end of the time. */
    void awaitEnd(Duration limit) {
        await(limit, line -> Optional.empty());
    }

    private synchronized void pause(long nanos) {
        try {
            TimeUnit.NANOSECONDS.timedWait(this, nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for a line", e);
        }
    }

    private void collect(InputStream stream) {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                append(line);
            }
        } catch (IOException e) {
            append("(output lost: " + e.getMessage() + ")");
        } finally {
            end();
        }
    }

    private synchronized void append(String line) {
        lines.add(line);
        notifyAll();
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }
}
