package dev.pptpd.bench.server;

import dev.pptpd.bench.process.ScratchFolder;
import dev.pptpd.lab.Command;
import dev.pptpd.lab.Namespace;
import dev.pptpd.lab.ProcessorTime;
import dev.pptpd.lab.ServerFiles;
import dev.pptpd.lab.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The built server, and what the kernel says of its process. Its log is a file, being long. */
final class MeasuredServer implements AutoCloseable {
    private static final String RESIDENT = "VmRSS:";
    private static final String WORKER = "worker-";
    private static final String READY = "event=ready";
    private static final double KIB_IN_MIB = 1_024;

    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final long LOOK_MILLIS = 20;
    private static final long KILL_SECONDS = 60;

    /** Of a server that listens on all addresses. */
    private static final String DEVICE_GROUP = String.valueOf(0x4000_0000);

    private final Namespace namespace;
    private final ScratchFolder folder;
    private final Path log;
    private final Process process;

    private MeasuredServer(Namespace namespace, ScratchFolder folder, Path log, Process process) {
        this.namespace = namespace;
        this.folder = folder;
        this.log = log;
        this.process = process;
    }

    /** Ready, for 2,500 sessions with MPPE-128. */
    static MeasuredServer start(Namespace namespace) throws IOException, InterruptedException {
        return start(namespace, files -> files);
    }

    /** The same with other files. */
    static MeasuredServer start(Namespace namespace, UnaryOperator<ServerFiles> changes)
            throws IOException, InterruptedException {
        return start(namespace, ScratchFolder.create(), "", changes);
    }

    /** The same, and it can be asked for its {@link #heapOctets}. */
    static MeasuredServer startToBeAsked(Namespace namespace)
            throws IOException, InterruptedException {
        ScratchFolder folder = ScratchFolder.create();
        return start(namespace, folder, HeapAgent.option(folder.path()), files -> files);
    }

    private static MeasuredServer start(
            Namespace namespace,
            ScratchFolder folder,
            String javaOption,
            UnaryOperator<ServerFiles> changes)
            throws IOException, InterruptedException {
        ServerFiles files =
                changes.apply(
                        ServerFiles.in(folder.path())
                                .conf("remoteip 10.100.0.1-10.100.9.195")
                                .conf("connections 2500"));
        files.write();
        List<String> words = new ArrayList<>(List.of("ip", "netns", "exec", namespace.name()));
        words.add(ServerProcess.program());
        words.addAll(ServerProcess.arguments(files));
        Path log = folder.path().resolve("log");
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JDK_JAVA_OPTIONS", javaOption);
        MeasuredServer server = new MeasuredServer(namespace, folder, log, builder.start());
        server.awaitReady();
        return server;
    }

    private void awaitReady() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!Files.readString(log).contains(READY)) {
            if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                String said = Files.readString(log);
                close();
                throw new IOException("the server did not start: " + said);
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /** The memory that it has, in MiB. */
    double residentMib() throws IOException {
        String line =
                Files.readAllLines(proc("status")).stream()
                        .filter(each -> each.startsWith(RESIDENT))
                        .findFirst()
                        .orElseThrow(() -> new IOException("no " + RESIDENT));
        return Long.parseLong(line.replaceAll("\\D+", "")) / KIB_IN_MIB;
    }

    /** The CPU time that it has had since it was started, with what its launcher ran. */
    double processorSeconds() {
        return ProcessorTime.seconds(process.pid());
    }

    /** What is on its heap and in use; only of a server that was started to be asked. */
    long heapOctets() throws IOException, InterruptedException {
        return HeapAgent.ask(folder.path());
    }

    /**
     * The CPU time that the workers have had, in nanoseconds; what the kernel does with their
     * packets in their name is in it.
     */
    long workerNanos() throws IOException {
        long nanos = 0;
        try (Stream<Path> tasks = Files.list(proc("task"))) {
            for (Path task : tasks.toList()) {
                if (Files.readString(task.resolve("comm")).startsWith(WORKER)) {
                    String times = Files.readString(task.resolve("schedstat"));
                    nanos += Long.parseLong(times.substring(0, times.indexOf(' ')));
                }
            }
        }
        return nanos;
    }

    private Path proc(String name) {
        return Path.of("/proc", String.valueOf(process.pid()), name);
    }

    /** SIGTERM: it tells its clients, and ends. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** What it has complained about. */
    List<String> complaints() throws IOException {
        return Files.readAllLines(log).stream()
                .filter(line -> line.contains(" WARN ") || line.contains(" ERROR "))
                .toList();
    }

    /** Kills it. Its devices go together: one after the other each takes the kernel 20 ms. */
    @Override
    public void close() {
        process.destroyForcibly();
        // Of no effect where there is none.
        Command.of("ip", "-n", namespace.name(), "link", "delete", "group", DEVICE_GROUP).run();
        try {
            process.waitFor(KILL_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        folder.close();
    }
}
