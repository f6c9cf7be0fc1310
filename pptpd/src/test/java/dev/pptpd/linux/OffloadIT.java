package dev.pptpd.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.gre.linux.Epoll;
import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.gre.linux.Libc;
import dev.pptpd.lab.Namespace;
import dev.pptpd.lab.TcpCounters;
import dev.pptpd.lab.TcpExchange;
import dev.pptpd.offload.SegmentRun;
import dev.pptpd.offload.SegmentRuns;
import dev.pptpd.offload.Segmentation;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Super-packets between two kernels' ends: two namespaces, a device in each, and a thread that
 * carries every packet across, taken apart and put together as the data plane does it.
 *
 * <pre>
 *   namespace a                                          namespace b
 *   10.78.0.1 ppp0 === apart -> segments -> together === ppp0 10.78.0.100
 * </pre>
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class OffloadIT {
    private static final int LEFT = 0x0A4E0001;
    private static final int RIGHT = 0x0A4E0064;
    private static final int MTU = 1_400;
    private static final int OCTETS = 20_000_000;
    private static final int PORT = 5_001;
    private static final int BATCH = 32;

    // Specification: <netinet/in.h>, <netinet/udp.h>, <asm/socket.h>
    private static final short AF_INET = 2;
    private static final int SOCK_DGRAM = 2;
    private static final int SOL_UDP = 17;
    private static final int UDP_SEGMENT = 103;

    /** The common pool has one thread on a machine of two cores. */
    private static final Executor OWN_THREAD = task -> Thread.ofPlatform().daemon().start(task);

    private Namespace leftHost;
    private Namespace rightHost;
    private TunDevice left;
    private TunDevice right;
    private Carrier carrier;

    /** Carries packets both ways until it is closed. */
    private static final class Carrier implements AutoCloseable, SegmentRuns.Outlet<TunDevice> {
        private final TunDevice left;
        private final TunDevice right;
        private final Epoll epoll = Epoll.create();
        private final Segmentation segmentation =
                new Segmentation(ByteBuffer.allocateDirect(Segmentation.BUFFER_OCTETS));
        private final SegmentRuns<TunDevice> runs = new SegmentRuns<>(this);
        private final GatheredPacket gathered = new GatheredPacket();
        private final ByteBuffer[] slots = new ByteBuffer[BATCH];
        private final CompletableFuture<Void> done;
        private volatile boolean closed;
        private volatile int mostSegmentsRead;
        private volatile int mostSegmentsWritten;
        private final AtomicInteger refused = new AtomicInteger();
        private int used;

        Carrier(TunDevice left, TunDevice right) throws ErrnoException {
            this.left = left;
            this.right = right;
            for (int index = 0; index < BATCH; index++) {
                slots[index] = ByteBuffer.allocateDirect(2_112);
            }
            epoll.add(left.fd(), 0);
            epoll.add(right.fd(), 1);
            done = CompletableFuture.runAsync(this::run, OWN_THREAD);
        }

        private void run() {
            try {
                while (!closed) {
                    int ready = epoll.await(TimeUnit.MILLISECONDS.toNanos(100));
                    for (int index = 0; index < ready; index++) {
                        boolean fromLeft = epoll.token(index) == 0;
                        carry(fromLeft ? left : right, fromLeft ? right : left);
                    }
                }
            } catch (ErrnoException e) {
                throw new IllegalStateException(e);
            }
        }

        private void carry(TunDevice from, TunDevice to) {
            if (from.read(segmentation.source()) <= 0 || !segmentation.begin()) {
                return;
            }
            int segments = 0;
            while (segmentation.hasNext()) {
                ByteBuffer slot = slots[used++].clear().position(64);
                assertThat(segmentation.next(slot)).isTrue();
                assertThat(slot.remaining()).isLessThanOrEqualTo(MTU);
                segments++;
                if (!runs.add(to, slot, to.offloads() == Offloads.TCP_AND_UDP)) {
                    write(to, slot);
                }
                if (used == BATCH) {
                    flush();
                }
            }
            mostSegmentsRead = Math.max(mostSegmentsRead, segments);
            flush();
        }

        private void flush() {
            runs.flush();
            used = 0;
        }

        @Override
        public void write(TunDevice to, ByteBuffer packet) {
            count(to.write(packet), packet.remaining());
        }

        @Override
        public void write(TunDevice to, SegmentRun run) {
            mostSegmentsWritten = Math.max(mostSegmentsWritten, run.size());
            count(to.write(gathered.of(run)), gathered.octets());
        }

        private void count(int result, int octets) {
            if (result != octets) {
                refused.incrementAndGet();
            }
        }

        @Override
        public void close() {
            closed = true;
            done.orTimeout(5, TimeUnit.SECONDS).join();
            epoll.close();
        }
    }

    @BeforeEach
    void connect() throws Exception {
        leftHost = Namespace.create("left");
        rightHost = Namespace.create("right");
        leftHost.patientTcp();
        rightHost.patientTcp();
        left = open(leftHost, LEFT, RIGHT);
        right = open(rightHost, RIGHT, LEFT);
        leftHost.ip("address", "add", "fd00::1/64", "dev", left.name(), "nodad");
        rightHost.ip("address", "add", "fd00::2/64", "dev", right.name(), "nodad");
        carrier = new Carrier(left, right);
    }

    private static TunDevice open(Namespace host, int local, int peer) throws ErrnoException {
        TunDevice device = host.call(() -> TunDevice.openWithOffloads("ppp%d"));
        try (Netlink netlink = host.call(Netlink::open)) {
            netlink.configure(device, new TunConfiguration(local, peer, MTU, 1));
        }
        return device;
    }

    @AfterEach
    void disconnect() throws Exception {
        carrier.close();
        left.close();
        right.close();
        rightHost.close();
        leftHost.close();
    }

    @ParameterizedTest
    @CsvSource({"10.78.0.1,10.78.0.100", "fd00::1,fd00::2"})
    void carriesTcpInSuperPacketsWithoutARetransmission(String here, String there)
            throws Exception {
        exchange(there);
        for (Namespace host : List.of(leftHost, rightHost)) {
            TcpCounters tcp = TcpCounters.of(host);
            assertThat(tcp.segmentsRepeated()).as("%s: %s", here, tcp).isZero();
        }
        assertThat(carrier.mostSegmentsRead).isGreaterThan(1);
        assertThat(carrier.mostSegmentsWritten).isGreaterThan(1);
        assertThat(carrier.refused).hasValue(0);
    }

    private void exchange(String there) throws Exception {
        try (ServerSocket listener =
                rightHost.call(() -> new ServerSocket(PORT, 1, InetAddress.getByName(there)))) {
            TcpExchange.expectEqual(
                    listener, () -> leftHost.call(() -> new Socket(there, PORT)), OCTETS);
        }
    }

    /** One send of ten datagrams and a short one, which the kernel hands over as one packet. */
    @Test
    void carriesDatagramsInSuperPackets() throws Exception {
        int datagram = 1_000;
        byte[] octets = new byte[10 * datagram + 17];
        new Random(3).nextBytes(octets);
        try (DatagramSocket receiver = rightHost.call(() -> new DatagramSocket(PORT))) {
            receiver.setSoTimeout((int) TimeUnit.SECONDS.toMillis(5));
            sendSegmented(octets, datagram);
            for (int at = 0; at < octets.length; at += datagram) {
                int length = Math.min(datagram, octets.length - at);
                DatagramPacket packet = new DatagramPacket(new byte[2_000], 2_000);
                receiver.receive(packet);
                assertThat(packet.getLength()).isEqualTo(length);
                assertThat(Arrays.copyOf(packet.getData(), length))
                        .isEqualTo(Arrays.copyOfRange(octets, at, at + length));
            }
        }
        if (left.offloads() == Offloads.TCP_AND_UDP) {
            assertThat(carrier.mostSegmentsRead).isEqualTo(11);
            assertThat(carrier.mostSegmentsWritten).isEqualTo(11);
        }
        assertThat(carrier.refused).hasValue(0);
    }

    private void sendSegmented(byte[] octets, int datagram) throws Exception {
        try (Arena arena = Arena.ofConfined()) {
            int fd = leftHost.call(() -> Libc.socket(AF_INET, SOCK_DGRAM, 0));
            try {
                MemorySegment word = arena.allocateFrom(JAVA_INT, datagram);
                assertThat(Libc.setsockopt(fd, SOL_UDP, UDP_SEGMENT, word, Integer.BYTES)).isZero();
                MemorySegment address = arena.allocate(16, Integer.BYTES);
                ByteBuffer name = address.asByteBuffer();
                name.order(ByteOrder.nativeOrder()).putShort(AF_INET);
                name.order(ByteOrder.BIG_ENDIAN).putShort((short) PORT).putInt(RIGHT);
                MemorySegment data = arena.allocate(octets.length);
                data.copyFrom(MemorySegment.ofArray(octets));
                assertThat(Libc.sendto(fd, data, octets.length, address, 16))
                        .isEqualTo(octets.length);
            } finally {
                Libc.close(fd);
            }
        }
    }
}
