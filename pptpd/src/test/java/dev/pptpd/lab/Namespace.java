package dev.pptpd.lab;

import dev.pptpd.lab.linux.NamespaceThread;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network namespace of its own, with the devices and processes in it. {@link #close()} kills the
 * processes by id and removes the namespace by name, and so does the end of the JVM. What a JVM
 * that was killed left behind goes when the next one makes its first namespace.
 */
public final class Namespace implements AutoCloseable {
    /** What ip says when a device came or went while it listed them. */
    private static final String INCONSISTENT = "Dump was interrupted";

    /** How often it is asked again then: devices come and go, but not for ever. */
    private static final int MAXIMUM_LISTS = 100;

    private static final Pattern NAME = Pattern.compile("pptpd-lab-(\\d+)-\\d+-.*");
    private static final AtomicInteger SEQUENCE = new AtomicInteger();
    private static final Set<Namespace> OPEN = ConcurrentHashMap.newKeySet();

    static {
        sweep();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> List.copyOf(OPEN).forEach(Namespace::close)));
    }

    private final String name;

    private Namespace(String name) {
        this.name = name;
    }

    /**
     * A new namespace with its loopback up.
     *
     * @param role a word for the reader of a listing; the name is unique without it
     */
    public static Namespace create(String role) {
        String name =
                "pptpd-lab-%d-%d-%s"
                        .formatted(ProcessHandle.current().pid(), SEQUENCE.incrementAndGet(), role);
        Command.of("ip", "netns", "add", name).expectSuccess();
        Namespace namespace = new Namespace(name);
        OPEN.add(namespace);
        namespace.up("lo");
        return namespace;
    }

    public String name() {
        return name;
    }

    /** A command that runs inside. Its process id is the id of the program itself. */
    public Command command(String... words) {
        return Command.of(words).behind("ip", "netns", "exec", name);
    }

    /** The result of a task on a thread inside. Sockets stay here, whoever uses them. */
    public <T, E extends Exception> T call(NamespaceThread.Task<T, E> task) throws E {
        return NamespaceThread.call(name, task);
    }

    /** Arguments of {@code ip}, applied here: {@code ip("route", "add", ...)}. */
    public String ip(String... arguments) {
        return Command.of(arguments).behind("ip", "-n", name).expectSuccess();
    }

    /**
     * Joins this namespace to another by a pair of Ethernet devices, both up. Checksums and
     * segments are left to nobody else: who reads packets in user space would see partial ones.
     */
    public void veth(String device, Namespace other, String otherDevice) {
        ip("link", "add", device, "type", "veth", "peer", "name", otherDevice, "netns", other.name);
        wholePackets(device);
        other.wholePackets(otherDevice);
        up(device);
        other.up(otherDevice);
    }

    public void bridge(String device) {
        ip("link", "add", device, "type", "bridge", "forward_delay", "0", "mcast_snooping", "0");
        up(device);
    }

    public void tap(String device) {
        ip("tuntap", "add", "dev", device, "mode", "tap");
        up(device);
    }

    public void attach(String device, String bridge) {
        ip("link", "set", device, "master", bridge);
    }

    /**
     * Gives a device an address.
     *
     * @param addressAndLength such as {@code 10.77.0.1/24}
     */
    public void address(String device, String addressAndLength) {
        ip("address", "add", addressAndLength, "dev", device);
    }

    public void up(String device) {
        ip("link", "set", device, "up");
    }

    public void route(String destination, String gateway) {
        ip("route", "add", destination, "via", gateway);
    }

    public void forwardIpv4() {
        command("sh", "-c", "echo 1 >/proc/sys/net/ipv4/ip_forward").expectSuccess();
    }

    public void forwardIpv6() {
        command("sh", "-c", "echo 1 >/proc/sys/net/ipv6/conf/all/forwarding").expectSuccess();
    }

    /**
     * TCP inside sends nothing again before it had no answer for five seconds, unless the receiver
     * says that something is missing: whatever is sent again then was lost. Else the kernel asks
     * for an answer that is some milliseconds late by sending a segment again, which on a machine
     * that is busy says nothing of the path.
     */
    public void patientTcp() {
        String[] settings = {
            "echo 0 >/proc/sys/net/ipv4/tcp_early_retrans",
            // Since Linux 6.11; before that it is a fifth of a second, which is long, too.
            "if [ -e /proc/sys/net/ipv4/tcp_rto_min_us ]",
            "then echo 5000000 >/proc/sys/net/ipv4/tcp_rto_min_us; fi"
        };
        command("sh", "-e", "-c", String.join("\n", settings)).expectSuccess();
    }

    /** Names of the devices inside that start with the given word, for example {@code ppp}. */
    public List<String> devices(String prefix) {
        String list = ip("-o", "link", "show");
        for (int more = 1; list.contains(INCONSISTENT); more++) {
            if (more == MAXIMUM_LISTS) {
                throw new IllegalStateException("devices change faster than they are listed");
            }
            list = ip("-o", "link", "show");
        }
        return list.lines()
                .map(line -> line.split(": ", 3)[1].replaceFirst("@.*", ""))
                .filter(device -> device.startsWith(prefix))
                .toList();
    }

    /** Kills what runs inside and removes the namespace. A second call does nothing. */
    @Override
    public void close() {
        if (OPEN.remove(this)) {
            remove(name);
        }
    }

    private void wholePackets(String device) {
        command("ethtool", "-K", device, "tx", "off", "gso", "off", "tso", "off", "gro", "off")
                .expectSuccess();
    }

    private static void sweep() {
        for (String line : Command.of("ip", "netns", "list").expectSuccess().lines().toList()) {
            Matcher matcher = NAME.matcher(line.split(" ", 2)[0]);
            if (matcher.matches() && ProcessHandle.of(Long.parseLong(matcher.group(1))).isEmpty()) {
                remove(matcher.group());
            }
        }
    }

    private static void remove(String name) {
        Command.of("ip", "netns", "pids", name)
                .run()
                .output()
                .lines()
                .filter(line -> !line.isBlank() && line.chars().allMatch(Character::isDigit))
                .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)).stream())
                .forEach(ProcessHandle::destroyForcibly);
        Command.of("ip", "netns", "delete", name).run();
    }

    @Override
    public String toString() {
        return name;
    }
}
