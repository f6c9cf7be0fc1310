package dev.pptpd.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A network namespace for one test, with a name of its own; closing it removes it with all its
 * devices. Needs root.
 */
public final class NetworkNamespace implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String name;

    private NetworkNamespace(String name) {
        this.name = name;
    }

    /** Makes a namespace whose only device, the loopback, is up. */
    public static NetworkNamespace create() throws IOException {
        String name = "pptpd-it-" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet();
        run("ip", "netns", "add", name);
        NetworkNamespace namespace = new NetworkNamespace(name);
        try {
            namespace.ip("link", "set", "lo", "up");
            return namespace;
        } catch (IOException failure) {
            namespace.close();
            throw failure;
        }
    }

    /** The name under which {@code ip netns} knows it. */
    public String name() {
        return name;
    }

    /**
     * Connects this namespace and {@code other} by a pair of veth devices, each given an address
     * with its prefix.
     */
    public void connect(
            String device,
            String address,
            NetworkNamespace other,
            String otherDevice,
            String otherAddress)
            throws IOException {
        ip("link", "add", device, "type", "veth", "peer", "name", otherDevice, "netns", other.name);
        ip("addr", "add", address, "dev", device);
        ip("link", "set", device, "up");
        other.ip("addr", "add", otherAddress, "dev", otherDevice);
        other.ip("link", "set", otherDevice, "up");
    }

    /** Runs {@code ip} with {@code arguments} on this namespace and returns what it prints. */
    public String ip(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("ip", "-n", name));
        command.addAll(List.of(arguments));
        return run(command.toArray(String[]::new));
    }

    /** Runs many {@code ip} commands, one a line, on this namespace in one process. */
    public void ipBatch(String commands) throws IOException {
        Path file = Files.createTempFile(name, ".batch");
        try {
            Files.writeString(file, commands);
            ip("-batch", file.toString());
        } finally {
            Files.delete(file);
        }
    }

    /** Runs a program inside this namespace and returns what it prints. */
    public String exec(String... command) throws IOException {
        List<String> inside = new ArrayList<>(List.of("ip", "netns", "exec", name));
        inside.addAll(List.of(command));
        return run(inside.toArray(String[]::new));
    }

    /** Runs {@code task} on a thread inside this namespace. */
    public <T> T call(Callable<T> task) throws Exception {
        return NamespaceThread.call(name, task);
    }

    @Override
    public void close() throws IOException {
        run("ip", "netns", "delete", name);
    }

    private static String run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output.strip());
        }
        return output;
    }
}
