package dev.pptpd.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The built {@code pptp} command as a process in a namespace. {@link #close()} kills it. */
public final class ClientProcess implements AutoCloseable {
    /** Packets flow. */
    static final String CONNECTED = "connected";

    /** They flow no longer. */
    static final String DISCONNECTED = "disconnected";

    /** A JVM that starts on a busy machine, and a login with a repetition or two. */
    static final Duration UP_LIMIT = Duration.ofSeconds(40);

    private static final Duration KILL_LIMIT = Duration.ofSeconds(5);
    private static final Duration LAST_LINES_LIMIT = Duration.ofSeconds(1);

    private final Process process;
    private final OutputLines output;

    private ClientProcess(Process process) {
        this.process = process;
        this.output = OutputLines.of(process.getInputStream());
    }

    /**
     * Starts it as user {@code vpn} and returns at once.
     *
     * @param folder where its password file goes
     */
    public static ClientProcess launch(
            Namespace namespace, Path folder, String password, String server, String... flags) {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "ip",
                                "netns",
                                "exec",
                                namespace.name(),
                                program(),
                                server,
                                "--user",
                                ServerFiles.USER,
                                "--password-file",
                                passwordFile(folder, password).toString()));
        words.addAll(List.of(flags));
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return new ClientProcess(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path passwordFile(Path folder, String password) {
        try {
            Path file = Files.createTempFile(folder, "password", "");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            return Files.writeString(file, password + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String program() {
        return ServerProcess.image().resolve("bin").resolve("pptp").toString();
    }

    /** The line that says that packets flow. */
    public LogEvent awaitConnected() {
        return awaitConnected(1);
    }

    /** The same for the session of this number, from 1. */
    LogEvent awaitConnected(int number) {
        Poll.until(
                UP_LIMIT,
                () -> events(CONNECTED).size() >= number || !process.isAlive(),
                () -> "connected " + number + " times: " + lines());
        List<LogEvent> connected = events(CONNECTED);
        if (connected.size() < number) {
            throw new AssertionError("the client ended: " + lines());
        }
        return connected.get(number - 1);
    }

    /** The first event of a name, logged already or still to come. */
    public LogEvent awaitEvent(String name) {
        Poll.until(
                UP_LIMIT, () -> !events(name).isEmpty(), () -> "no event=" + name + ": " + lines());
        return events(name).getFirst();
    }

    /** The events of one name so far, oldest first. */
    List<LogEvent> events(String name) {
        return lines().stream()
                .flatMap(line -> LogEvent.decode(line).stream())
                .filter(event -> event.name().equals(name))
                .toList();
    }

    List<String> lines() {
        return output.snapshot();
    }

    /** The id of the client's JVM: the launcher and {@code ip netns exec} replace themselves. */
    long pid() {
        return process.pid();
    }

    /** SIGTERM. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** Its exit code, once it has ended. */
    int awaitExit(Duration limit) {
        try {
            if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                output.awaitEnd(LAST_LINES_LIMIT);
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new AssertionError("still running after " + limit + ": " + lines());
    }

    @Override
    public void close() {
        process.toHandle().destroyForcibly();
        awaitExit(KILL_LIMIT);
    }
}
