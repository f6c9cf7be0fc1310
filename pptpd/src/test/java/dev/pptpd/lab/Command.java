package dev.pptpd.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program of the host with its arguments, run to its end within a limit. A command that overstays
 * is killed together with its children.
 *
 * @param words the program and its arguments
 * @param limit how long it may run
 */
public record Command(List<String> words, Duration limit) {

    private static final Duration DEFAULT_LIMIT = Duration.ofSeconds(30);

    public Command {
        words = List.copyOf(words);
    }

    public static Command of(String... words) {
        return new Command(List.of(words), DEFAULT_LIMIT);
    }

    public Command within(Duration newLimit) {
        return new Command(words, newLimit);
    }

    /** The same command behind another one, such as {@code ip netns exec NAME}. */
    Command behind(String... prefix) {
        return new Command(Stream.concat(Stream.of(prefix), words.stream()).toList(), limit);
    }

    /** Runs to the end, whatever the exit code is. */
    public CommandResult run() {
        Process process = start();
        CompletableFuture<String> output = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> output.complete(read(process)));
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("%s did not end within %s".formatted(this, limit));
            }
            // A child left in the background may hold the pipe open; what it says is not ours.
            return new CommandResult(
                    process.exitValue(), output.completeOnTimeout("", 5, TimeUnit.SECONDS).join());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted in " + this, e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /**
     * Runs to the end and expects success.
     *
     * @return standard output and standard error together, without the last line's end
     */
    public String expectSuccess() {
        CommandResult result = run();
        if (!result.succeeded()) {
            throw new AssertionError("%s: %s".formatted(this, result));
        }
        return result.output().stripTrailing();
    }

    /** Starts it and returns at once; standard error goes where standard output goes. */
    public Process start() {
        return start(new ProcessBuilder(words).redirectErrorStream(true));
    }

    private static Process start(ProcessBuilder builder) {
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "(output lost: " + e.getMessage() + ")";
        }
    }

    @Override
    public String toString() {
        return String.join(" ", words);
    }
}
