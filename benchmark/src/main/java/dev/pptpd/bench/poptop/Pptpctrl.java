package dev.pptpd.bench.poptop;

import dev.pptpd.bench.measure.Contestant;
import dev.pptpd.bench.measure.UnavailableException;
import dev.pptpd.bench.process.Belongings;
import dev.pptpd.bench.process.ScratchFolder;
import dev.pptpd.bench.process.Workshop;
import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.gre.linux.RawSocket;
import dev.pptpd.gre.linux.ReceiveBatch;
import dev.pptpd.gre.linux.SendBatch;
import dev.pptpd.gre.linux.SocketFilter;
import dev.pptpd.lab.Command;
import dev.pptpd.lab.Namespace;
import dev.pptpd.net.ControlClient;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * PoPToP's process for the packets of one call, alone: no pppd, whose place {@code pppd_stub.c}
 * has, no PPP, no MPPE, no device. Between a raw socket and a terminal it puts frames into packets
 * and takes them out. Bursts of 64, one direction at a time, as the server's own tunnels are
 * measured.
 *
 * <pre>
 *  [ this process, raw socket ] 10.79.0.2 ---- 10.79.0.1 [ pptpctrl ] - terminal - [ pppd_stub ]
 * </pre>
 */
public final class Pptpctrl implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/pptpd");
    private static final String SERVER = "10.79.0.1";
    private static final int CALL_ID = 1;
    private static final int PACKET_OCTETS = 1_388;
    private static final int BUFFER_BYTES = 4 << 20;
    private static final int BURST = 64;
    private static final int BURSTS = 30;
    private static final long LOST_NANOS = 5_000_000_000L;
    private static final long WAIT_NANOS = 20_000;
    private static final long LOOK_MILLIS = 20;
    private static final Duration START_LIMIT = Duration.ofSeconds(10);

    // Specification: RFC 2637 section 4.1; RFC 1661 without compressed fields
    private static final int KEY_AND_SEQUENCE = 0x3001;
    private static final int PPP = 0x880B;
    private static final int HEADER_OCTETS = 12;
    private static final int SEQUENCE_BIT = 0x10;
    private static final int IP_FRAME = 0xFF03_0021;
    private static final int FRAME_OCTETS = Integer.BYTES + PACKET_OCTETS;

    private final Belongings belongings = new Belongings();
    private final ScratchFolder folder = belongings.add(ScratchFolder.create());
    private final Namespace serverHost = belongings.add(Namespace.create("pptpctrl"));
    private final Namespace clientHost = belongings.add(Namespace.create("caller"));
    private final ControlClient control = ControlClient.open();
    private final ReceiveBatch received = new ReceiveBatch();
    private final SendBatch toSend = new SendBatch();
    private final byte[] packet = new byte[PACKET_OCTETS];
    private final Process daemon;
    private final RawSocket socket;
    private final RandomAccessFile orders;
    private final RandomAccessFile arrivals;
    private final int peerCallId;
    private final Path schedstat;
    private int sequenceNumber;

    /** A call that stands. */
    public Pptpctrl(Workshop workshop) throws UnavailableException, IOException {
        try {
            new SplittableRandom(1).nextBytes(packet);
            belongings.add(this::hangUp);
            join();
            orders = pipe("orders");
            arrivals = pipe("arrivals");
            daemon = start(stub(workshop));
            socket = belongings.add(clientHost.call(Pptpctrl::openSocket));
            // The event loop's thread is made with its first task, and here: it opens sockets.
            clientHost.call(() -> control.schedule(() -> {}, Duration.ZERO));
            peerCallId = PlacedCall.connect(control, server(), CALL_ID);
            schedstat = Path.of("/proc", String.valueOf(pptpctrl()), "schedstat");
            // It listens to nobody before its pppd has said something.
            receiveBurst();
        } catch (UnavailableException | IOException | RuntimeException | AssertionError e) {
            belongings.closeAfter(e);
            throw e;
        }
    }

    private void join() throws UnavailableException {
        if (Files.notExists(PROGRAM)) {
            throw new UnavailableException("there is no " + PROGRAM);
        }
        serverHost.veth("eth0", clientHost, "eth0");
        serverHost.address("eth0", SERVER + "/24");
        clientHost.address("eth0", "10.79.0.2/24");
    }

    private static RawSocket openSocket() throws ErrnoException {
        return RawSocket.open(RawSocket.ANY_ADDRESS, SocketFilter.forWorker(0, 1), BUFFER_BYTES);
    }

    private static Ipv4Address server() {
        return Ipv4Address.parse(SERVER).orElseThrow();
    }

    private Path stub(Workshop workshop) throws UnavailableException, IOException {
        Path built =
                Path.of(workshop.program("pppd_stub", List.of("pppd_stub", "stopwatch")).getLast());
        return Files.copy(built, folder.path().resolve("pppd_stub"));
    }

    private RandomAccessFile pipe(String name) throws IOException {
        String path = folder.path().resolve(name).toString();
        Command.of("mkfifo", path).expectSuccess();
        // Both ways, so that nobody waits for the other.
        return belongings.add(new RandomAccessFile(path, "rw"));
    }

    private Process start(Path stub) throws IOException {
        Path conf = folder.path().resolve("pptpd.conf");
        Files.writeString(
                conf,
                """
                ppp %s
                option /dev/null
                localip 10.98.0.1
                remoteip 10.98.0.10-20
                """
                        .formatted(stub));
        Process process =
                serverHost
                        .command(
                                PROGRAM.toString(),
                                "--fg",
                                "--conf",
                                conf.toString(),
                                "--pidfile",
                                folder.path().resolve("pid").toString())
                        .start();
        belongings.add(() -> kill(process));
        awaitListener(process);
        return process;
    }

    private void awaitListener(Process process) throws IOException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (serverHost.command("ss", "-Hltn", "sport", "=", "1723").expectSuccess().isEmpty()) {
            if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                throw new IOException("PoPToP does not listen");
            }
            pause();
        }
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** The daemon has one for each connection. */
    private long pptpctrl() throws IOException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() - deadline < 0) {
            for (ProcessHandle child : daemon.children().toList()) {
                Path name = Path.of("/proc", String.valueOf(child.pid()), "comm");
                if (Files.readString(name).startsWith("pptpctrl")) {
                    return child.pid();
                }
            }
            pause();
        }
        throw new IOException("no pptpctrl");
    }

    private static void pause() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
    }

    /** What a packet from the client costs. */
    public Contestant inward() {
        return direction(this::sendBurst);
    }

    /** What a packet to the client costs. */
    public Contestant outward() {
        return direction(this::receiveBurst);
    }

    /** How one burst passes. */
    @FunctionalInterface
    private interface Burst {
        void pass() throws IOException;
    }

    private Contestant direction(Burst burst) {
        return new Contestant() {
            @Override
            public double measure() throws IOException {
                long before = nanos();
                for (int count = 0; count < BURSTS; count++) {
                    burst.pass();
                }
                return (double) (nanos() - before) / (BURSTS * BURST);
            }

            @Override
            public void close() {
                // The call stays for others.
            }
        };
    }

    private long nanos() throws IOException {
        String times = Files.readString(schedstat);
        return Long.parseLong(times.substring(0, times.indexOf(' ')));
    }

    private void sendBurst() throws IOException {
        int destination = server().value();
        for (int count = 0; count < BURST; count++) {
            ByteBuffer slot = toSend.slot();
            int start = slot.position();
            slot.putShort((short) KEY_AND_SEQUENCE)
                    .putShort((short) PPP)
                    .putShort((short) FRAME_OCTETS)
                    .putShort((short) peerCallId)
                    .putInt(sequenceNumber++)
                    .putInt(IP_FRAME)
                    .put(packet);
            slot.limit(start + HEADER_OCTETS + FRAME_OCTETS).position(start);
            toSend.add(destination, RawSocket.ANY_ADDRESS);
        }
        socket.send(toSend);
        if (arrivals.read() < 0) {
            throw new IOException("pppd_stub is gone");
        }
        drain();
    }

    private void receiveBurst() throws IOException {
        orders.write(0);
        long deadline = System.nanoTime() + LOST_NANOS;
        int arrived = 0;
        while (arrived < BURST) {
            int more = drain();
            arrived += more;
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("only " + arrived + " of " + BURST + " packets arrived");
            }
            if (more == 0) {
                LockSupport.parkNanos(WAIT_NANOS);
            }
        }
    }

    /** Takes what waits, and counts what is no mere acknowledgment. */
    private int drain() {
        int data = 0;
        int taken = socket.receive(received);
        while (taken > 0) {
            for (int index = 0; index < taken; index++) {
                ByteBuffer payload = received.packet(index);
                if ((payload.get(payload.position()) & SEQUENCE_BIT) != 0) {
                    data++;
                }
            }
            taken = socket.receive(received);
        }
        return data;
    }

    private void hangUp() {
        control.close().completeOnTimeout(null, LOST_NANOS, TimeUnit.NANOSECONDS).join();
    }

    @Override
    public void close() {
        belongings.close();
    }
}
