package dev.pptpd.impair;

import dev.pptpd.gre.linux.Epoll;
import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.lab.Namespace;
import dev.pptpd.linux.TunDevice;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Makes one direction of a router a bad path for IP protocol 47 alone; all else passes untouched.
 * Packets that came in by the given device are routed into a TUN that this program holds, and what
 * survives goes back into it, from where the kernel routes it on as it would have done at once.
 *
 * <p>The router forwards IPv4 and is a namespace of the test; whatever this makes there goes with
 * {@link #close()} or with the namespace.
 */
public final class LossyForwarder implements AutoCloseable {
    private static final int LARGEST_PACKET = 65535;
    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Namespace router;
    private final String table;
    private final TunDevice device;
    private final Epoll epoll;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(LARGEST_PACKET);
    private final Thread thread;

    private ImpairedPath<byte[]> path;
    private PathCounters before = new PathCounters(0, 0, 0, 0);
    private long[] lastDepartures;
    private long slowestWindowNanos;
    private volatile boolean stopped;

    private LossyForwarder(
            Namespace router, String table, TunDevice device, Epoll epoll, Impairment impairment) {
        this.router = router;
        this.table = table;
        this.device = device;
        this.epoll = epoll;
        this.path = new ImpairedPath<>(impairment, device.interfaceIndex());
        this.lastDepartures = new long[impairment.shuffled()];
        this.thread =
                Thread.ofPlatform().daemon().name("lossy-" + device.name()).unstarted(this::run);
    }

    /**
     * Starts with the next packet.
     *
     * @param device of the router, where the packets to be impaired come in
     */
    public static LossyForwarder start(Namespace router, String device, Impairment impairment) {
        try {
            TunDevice tun = router.call(() -> TunDevice.open("lossy%d"));
            Epoll epoll = Epoll.create();
            epoll.add(tun.fd(), 0);
            String table = Integer.toString(1000 + tun.interfaceIndex());
            var forwarder = new LossyForwarder(router, table, tun, epoll, impairment);
            forwarder.route(device);
            forwarder.thread.start();
            return forwarder;
        } catch (ErrnoException e) {
            throw new IllegalStateException(e);
        }
    }

    private void route(String from) {
        router.command(
                        "sh",
                        "-c",
                        "for file in /proc/sys/net/ipv4/conf/*/rp_filter; do echo 0 >$file; done")
                .expectSuccess();
        router.up(device.name());
        router.ip("route", "add", "default", "dev", device.name(), "table", table);
        router.ip("rule", "add", "iif", from, "ipproto", "gre", "lookup", table);
    }

    /** Another kind of path for what comes from now on; what is under way may be lost. */
    public synchronized void become(Impairment impairment) {
        before = counters();
        path = new ImpairedPath<>(impairment, before.seen());
        lastDepartures = new long[impairment.shuffled()];
    }

    /** What became of all packets so far. */
    public synchronized PathCounters counters() {
        PathCounters now = path.counters();
        return new PathCounters(
                before.seen() + now.seen(),
                before.lost() + now.lost(),
                before.duplicated() + now.duplicated(),
                before.reordered() + now.reordered());
    }

    /**
     * The longest time since the last call that a window of packets took to leave, all of which
     * were due at once: what the machine, busy with something else, has done to the path.
     */
    public synchronized Duration takeSlowestWindow() {
        Duration slowest = Duration.ofNanos(slowestWindowNanos);
        slowestWindowNanos = 0;
        return slowest;
    }

    /** Ends the bad path; the direction is then as good as the router's others. */
    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        router.ip("rule", "delete", "lookup", table);
        epoll.close();
        device.close();
    }

    private void run() {
        try {
            while (!stopped) {
                epoll.await(waitNanos());
                readAll();
                writeDue();
            }
        } catch (ErrnoException e) {
            throw new IllegalStateException(e);
        }
    }

    private synchronized long waitNanos() {
        OptionalLong deadline = path.nextDeadlineNanos();
        return deadline.isEmpty()
                ? IDLE_NANOS
                : Math.clamp(deadline.getAsLong() - System.nanoTime(), 0, IDLE_NANOS);
    }

    private synchronized void readAll() {
        while (true) {
            buffer.clear();
            if (device.read(buffer) <= 0) {
                return;
            }
            byte[] packet = new byte[buffer.remaining()];
            buffer.get(packet);
            path.offer(packet, System.nanoTime());
        }
    }

    private synchronized void writeDue() {
        Arrays.fill(lastDepartures, System.nanoTime());
        int departed = 0;
        Optional<byte[]> packet = path.poll(System.nanoTime());
        while (packet.isPresent()) {
            buffer.clear().put(packet.get()).flip();
            device.write(buffer);
            long nowNanos = System.nanoTime();
            int oldest = departed++ % lastDepartures.length;
            slowestWindowNanos = Math.max(slowestWindowNanos, nowNanos - lastDepartures[oldest]);
            lastDepartures[oldest] = nowNanos;
            packet = path.poll(nowNanos);
        }
    }
}
