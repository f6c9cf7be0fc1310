package dev.pptpd.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The built server as a separate process in a namespace, in the foreground. {@link #close()} kills
 * it, so that a test that failed leaves nothing behind.
 */
public final class ServerProcess implements AutoCloseable {

    /** A JVM that starts while the other core boots a guest needs its time. */
    private static final Duration START_LIMIT = Duration.ofSeconds(20);

    /** One system call for the kernel; anything longer is a fault. */
    private static final Duration KILL_LIMIT = Duration.ofSeconds(5);

    /** The pipe ends with the process; only a child left behind could hold it open. */
    private static final Duration LAST_LINES_LIMIT = Duration.ofSeconds(1);

    private final Process process;
    private final OutputLines output;

    private ServerProcess(Process process) {
        this.process = process;
        this.output = OutputLines.of(process.getInputStream());
    }

    /** Writes the files, starts the server and waits until it is ready. */
    public static ServerProcess start(Namespace namespace, ServerFiles files) {
        ServerProcess server = launch(namespace, files);
        try {
            server.awaitReady(START_LIMIT);
            return server;
        } catch (AssertionError e) {
            server.close();
            throw e;
        }
    }

    /**
     * Writes the files and starts the server, without waiting for it.
     *
     * @param moreArguments flags behind the usual ones, such as {@code -l ADDRESS}
     */
    public static ServerProcess launch(
            Namespace namespace, ServerFiles files, String... moreArguments) {
        files.write();
        return launchProgram(namespace, arguments(files, moreArguments));
    }

    /** Starts the server's launcher with exactly these arguments. */
    public static ServerProcess launchProgram(Namespace namespace, List<String> arguments) {
        List<String> words =
                new ArrayList<>(List.of("ip", "netns", "exec", namespace.name(), program()));
        words.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return new ServerProcess(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The launcher of the image under test. */
    public static String program() {
        return image().resolve("bin").resolve("pptpd").toString();
    }

    /** The folder of the image under test. */
    static Path image() {
        return Path.of(System.getProperty("pptpd.image", "target/pptpd")).toAbsolutePath();
    }

    /** The usual flags for these files, to be given to {@link #launchProgram}. */
    public static List<String> arguments(ServerFiles files, String... moreArguments) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "-f",
                                "-c",
                                files.confFile().toString(),
                                "-o",
                                files.optionsFile().toString(),
                                "-p",
                                files.pidFile().toString(),
                                "--ctl",
                                files.controlSocket().toString()));
        arguments.addAll(List.of(moreArguments));
        return arguments;
    }

    /** The id of the server's JVM: the launcher and {@code ip netns exec} replace themselves. */
    public long pid() {
        return process.pid();
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** Everything it has written so far, standard output and standard error. */
    public List<String> lines() {
        return output.snapshot();
    }

    /** The events of one name logged so far, oldest first. */
    public List<LogEvent> events(String name) {
        return lines().stream()
                .flatMap(line -> LogEvent.decode(line).stream())
                .filter(event -> event.name().equals(name))
                .toList();
    }

    public void awaitReady(Duration limit) {
        awaitEvent(LogEvent.READY, event -> true, limit);
    }

    /** The first event, already logged or still to come, that fits. */
    public LogEvent awaitEvent(String name, Predicate<LogEvent> fits, Duration limit) {
        return output.await(
                        limit,
                        line ->
                                LogEvent.decode(line)
                                        .filter(event -> event.name().equals(name))
                                        .filter(fits))
                .orElseThrow(() -> failure("no fitting event=" + name + " within " + limit));
    }

    /** The first line, already written or still to come, that contains the text. */
    public String awaitLine(String text, Duration limit) {
        return output.await(limit, line -> Optional.of(line).filter(l -> l.contains(text)))
                .orElseThrow(() -> failure("no line with '" + text + "' within " + limit));
    }

    /** Asks it to end, as an administrator would: SIGTERM. */
    public void terminate() {
        // Through the handle: Process.destroy() would close the pipe it still writes to.
        process.toHandle().destroy();
    }

    /** SIGKILL, and waits until the kernel has taken everything back. */
    public void kill() {
        process.toHandle().destroyForcibly();
        awaitExit(KILL_LIMIT);
    }

    /**
     * Waits for its end, after which {@link #lines()} is complete.
     *
     * @return the exit code; 128 + N when signal N ended it
     */
    public int awaitExit(Duration limit) {
        try {
            if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                output.awaitEnd(LAST_LINES_LIMIT);
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw failure("still running after " + limit);
    }

    @Override
    public void close() {
        kill();
    }

    private AssertionError failure(String what) {
        return new AssertionError(
                "server: %s; alive: %s; it wrote:%n%s"
                        .formatted(what, alive(), String.join("\n", lines())));
    }
}
