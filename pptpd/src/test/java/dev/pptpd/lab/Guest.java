package dev.pptpd.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A User-Mode Linux guest: a machine with a kernel of its own that has PPP and MPPE, whose Ethernet
 * is a TAP device of a namespace. Its root is the host's file system, its commands and their
 * results pass through a folder that both sides see.
 *
 * <p>{@link #boot} returns at once, so that several guests start together; the first command waits
 * for the boot to end. {@link #close()} powers it off, and kills it when it does not obey.
 */
public final class Guest implements Shell, AutoCloseable {

    private static final String KERNEL = "linux.uml";
    private static final String MEMORY = "256M";
    private static final long MEMORY_BYTES = 256L << 20;
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final Duration BOOT_LIMIT = Duration.ofSeconds(60);
    private static final Duration COMMAND_LIMIT = Duration.ofSeconds(30);
    private static final Duration POWER_OFF_LIMIT = Duration.ofSeconds(5);
    private static final AtomicInteger SEQUENCE = new AtomicInteger();

    private final String device;
    private final Path queue;
    private final Process kernel;
    private final OutputLines console;
    private final AtomicInteger commands = new AtomicInteger();

    private Guest(String device, Path queue, Process kernel) {
        this.device = device;
        this.queue = queue;
        this.kernel = kernel;
        this.console = OutputLines.of(kernel.getInputStream());
    }

    /**
     * Starts a guest on a TAP device.
     *
     * @param namespace where the device is and where the guest's process lives
     * @param device the TAP device, up and used by no other guest
     * @param address address and length of the guest's Ethernet, such as {@code 10.77.0.11/24}
     * @param folder an existing folder that the guest makes its own one in; its path must be one
     *     that the guest does not cover with memory ({@code /run}, {@code /var/log}, {@code /dev})
     */
    public static Guest boot(Namespace namespace, String device, String address, Path folder) {
        String name =
                "guest-%d-%d".formatted(ProcessHandle.current().pid(), SEQUENCE.incrementAndGet());
        try {
            Path home = Files.createDirectory(folder.resolve(name).toAbsolutePath());
            Path queue = Files.createDirectory(home.resolve("queue"));
            List<String> words =
                    new ArrayList<>(List.of("ip", "netns", "exec", namespace.name(), KERNEL));
            words.addAll(
                    List.of(
                            "mem=" + MEMORY,
                            "umid=" + name,
                            "uml_dir=" + home + "/",
                            "root=/dev/root",
                            "rootfstype=hostfs",
                            "rootflags=/",
                            "rw",
                            "quiet",
                            "noreboot",
                            "init=" + init(home),
                            "vec0:transport=tap,depth=128,gro=1,ifname=" + device,
                            "con=null",
                            "con0=fd:0,fd:1",
                            "guest_address=" + address,
                            "guest_queue=" + queue));
            ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
            if (Files.getFileStore(SHARED_MEMORY).getUsableSpace() < 4 * MEMORY_BYTES) {
                builder.environment().put("TMPDIR", home.toString());
            }
            Process kernel = builder.start();
            kernel.getOutputStream().close();
            return new Guest(device, queue, kernel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The TAP device of the host's side: the place to capture at. */
    public String device() {
        return device;
    }

    /** Waits for the end of the boot. */
    public Guest awaitReady() {
        awaitFile(queue.resolve("ready"), BOOT_LIMIT, "boot");
        return this;
    }

    /** Runs a script of bash to its end, whatever its exit code is. */
    public CommandResult run(String script) {
        return run(COMMAND_LIMIT, script);
    }

    @Override
    public CommandResult run(Duration limit, String script) {
        return start(script).await(limit);
    }

    /**
     * Runs a script of bash and expects success.
     *
     * @return what it wrote, without the last line's end
     */
    public String expectSuccess(String script) {
        return expectSuccess(COMMAND_LIMIT, script);
    }

    @Override
    public String expectSuccess(Duration limit, String script) {
        CommandResult result = run(limit, script);
        if (!result.succeeded()) {
            throw new AssertionError("guest: %s: %s".formatted(script, result));
        }
        return result.output().stripTrailing();
    }

    /** Hands a script over and returns; it runs beside others. */
    public Running start(String script) {
        awaitReady();
        int number = commands.incrementAndGet();
        Path part = queue.resolve(number + ".command.part");
        try {
            Files.writeString(part, script + "\n");
            Files.move(part, queue.resolve(number + ".command"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Running(number, script);
    }

    /** A script under way in the guest. */
    public final class Running {

        private final int number;
        private final String script;

        private Running(int number, String script) {
            this.number = number;
            this.script = script;
        }

        public CommandResult await(Duration limit) {
            Path exit = queue.resolve(number + ".exit");
            awaitFile(exit, limit, script);
            try {
                return new CommandResult(
                        Integer.parseInt(Files.readString(exit).strip()),
                        Files.readString(queue.resolve(number + ".output")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * The CPU time that it has had since its boot, by the host's count, in seconds: its kernel, and
     * all processes in it, each of which is one of the host's, too.
     */
    public double processorSeconds() {
        return Stream.concat(Stream.of(kernel.toHandle()), kernel.descendants())
                .mapToDouble(process -> ProcessorTime.seconds(process.pid()))
                .sum();
    }

    /** Ends it as a power cut does: not one more packet leaves. */
    public void kill() {
        List<ProcessHandle> processes =
                Stream.concat(Stream.of(kernel.toHandle()), kernel.descendants()).toList();
        processes.forEach(ProcessHandle::destroyForcibly);
        awaitEnd();
    }

    @Override
    public void close() {
        if (!kernel.isAlive()) {
            return;
        }
        try {
            Files.writeString(queue.resolve("poweroff"), "");
        } catch (IOException e) {
            kill();
            throw new UncheckedIOException(e);
        }
        if (!awaitEnd()) {
            kill();
        }
    }

    private boolean awaitEnd() {
        try {
            return kernel.waitFor(POWER_OFF_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void awaitFile(Path file, Duration limit, String what) {
        Poll.until(
                limit,
                () -> Files.exists(file) || !kernel.isAlive(),
                () -> "guest: no end of: " + what + "\n" + partialOutput(file) + consoleText());
        if (!Files.exists(file)) {
            throw new AssertionError("guest died during: " + what + "\n" + consoleText());
        }
    }

    private String consoleText() {
        return "console:\n" + String.join("\n", console.snapshot());
    }

    private static String partialOutput(Path exit) {
        Path output =
                exit.resolveSibling(exit.getFileName().toString().replace(".exit", ".output"));
        try {
            return Files.exists(output) ? Files.readString(output) : "";
        } catch (IOException e) {
            return "(output lost: " + e.getMessage() + ")\n";
        }
    }

    private static Path init(Path home) throws IOException {
        Path init = home.resolve("init");
        try (InputStream script =
                Objects.requireNonNull(Guest.class.getResourceAsStream("/lab/guest-init"))) {
            Files.copy(script, init);
        }
        return Files.setPosixFilePermissions(init, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
