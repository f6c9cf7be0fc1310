package dev.pptpd.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.management.ThreadMXBean;
import dev.pptpd.gre.linux.Epoll;
import dev.pptpd.gre.linux.Errno;
import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.lab.Namespace;
import java.lang.management.ManagementFactory;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("alone")
final class TunDeviceIT {
    private static final int LOCAL = 0x0A4E0001;
    private static final int PEER = 0x0A4E0064;
    private static final String PEER_TEXT = "10.78.0.100";
    private static final int GROUP = 4_711;
    private static final int PORT = 9_999;
    private static final int MEASURED_PACKETS = 200_000;
    private static final int ROUNDS = 10;

    private final ByteBuffer packet = ByteBuffer.allocateDirect(2_112);
    private Namespace namespace;

    @BeforeEach
    void create() {
        namespace = Namespace.create("tun");
    }

    @AfterEach
    void remove() {
        namespace.close();
    }

    @Test
    void takesTheLowestFreeNameAndLeavesWhenClosed() throws Exception {
        try (TunDevice first = open();
                TunDevice second = open()) {
            assertThat(first.name()).isEqualTo("ppp0");
            assertThat(second.name()).isEqualTo("ppp1");
            assertThat(namespace.ip("-o", "link", "show", "ppp1"))
                    .startsWith(second.interfaceIndex() + ": ppp1: ")
                    .contains("POINTOPOINT");
        }
        assertThat(namespace.ip("link")).doesNotContain("ppp");
    }

    @Test
    void readsWhatTheKernelRoutesToThePeerAndDeliversWhatThePeerSends() throws Exception {
        try (TunDevice device = openConfigured();
                DatagramSocket socket = namespace.call(() -> new DatagramSocket(PORT));
                Epoll epoll = Epoll.create()) {
            socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(5));
            epoll.add(device.fd(), 1);
            InetAddress peer = InetAddress.getAllByName(PEER_TEXT)[0];
            socket.send(new DatagramPacket(new byte[] {1, 2, 3}, 3, peer, PORT));

            assertThat(epoll.await(TimeUnit.SECONDS.toNanos(5))).isEqualTo(1);
            packet.position(64);
            assertThat(device.read(packet)).isEqualTo(31);
            assertThat(packet.position()).isEqualTo(64);
            assertThat(packet.limit()).isEqualTo(64 + 31);
            assertThat(packet.getInt(64 + 12)).isEqualTo(LOCAL);
            assertThat(packet.getInt(64 + 16)).isEqualTo(PEER);

            turnRound(packet);
            assertThat(device.write(packet)).isEqualTo(31);
            assertThat(packet.remaining()).isEqualTo(31);
            DatagramPacket echo = new DatagramPacket(new byte[10], 10);
            socket.receive(echo);
            assertThat(echo.getLength()).isEqualTo(3);
            assertThat(echo.getAddress()).isEqualTo(peer);
        }
    }

    @Test
    void readsNothingFromAQuietDevice() throws Exception {
        try (TunDevice device = openConfigured()) {
            packet.position(10).limit(1_510);

            assertThat(device.read(packet)).isZero();
            assertThat(packet.position()).isEqualTo(10);
            assertThat(packet.limit()).isEqualTo(1_510);
        }
    }

    @Test
    void returnsWriteErrorsAsResults() throws Exception {
        try (TunDevice device = open()) {
            packet.put(0, (byte) 0x45).limit(20);
            assertThat(device.write(packet)).as("device is down").isEqualTo(-Errno.EIO);

            configure(device);
            packet.put(0, (byte) 0x15);
            assertThat(device.write(packet)).as("IP version 1").isEqualTo(-Errno.EINVAL);
            assertThat(device.write(packet.limit(0))).as("empty").isEqualTo(-Errno.EINVAL);
        }
    }

    @Test
    void failsEveryCallAfterTheDeviceWasDeletedFromOutside() throws Exception {
        try (TunDevice device = openConfigured()) {
            namespace.ip("link", "delete", device.name());

            packet.put(0, (byte) 0x45).limit(20);
            assertThat(device.read(packet)).isEqualTo(-Errno.EBADFD);
            assertThat(device.write(packet)).isEqualTo(-Errno.EBADFD);
        }
    }

    @Test
    void tellsWhichNameIsTaken_F20() throws Exception {
        try (TunDevice device = namespace.call(() -> TunDevice.open("ppp7"))) {
            assertThat(device.name()).isEqualTo("ppp7");
            assertThatExceptionOfType(ErrnoException.class)
                    .isThrownBy(() -> namespace.call(() -> TunDevice.open("ppp7")))
                    .withMessage("ioctl(TUNSETIFF): EBUSY: device ppp7");
        }
    }

    @Test
    void takesNoDeviceThatSomebodyElseMade() {
        namespace.ip("tuntap", "add", "dev", "vpn0", "mode", "tun");
        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(() -> namespace.call(() -> TunDevice.open("vpn0")))
                .withMessage("ioctl(TUNSETIFF): EBUSY: device vpn0");
    }

    @Test
    void refusesNamesThatTheKernelWouldCutOff() {
        assertThatIllegalArgumentException().isThrownBy(() -> TunDevice.open("p".repeat(16)));
        assertThatIllegalArgumentException().isThrownBy(() -> TunDevice.open(""));
    }

    @Test
    void allocatesNothingForAPacket() throws Exception {
        try (TunDevice device = openConfigured();
                DatagramChannel socket = namespace.call(DatagramChannel::open)) {
            namespace.call(() -> socket.bind(new InetSocketAddress(PORT)));
            socket.connect(new InetSocketAddress(InetAddress.getAllByName(PEER_TEXT)[0], PORT));

            // The compiler works beside the test: what it has not finished in one round, it has in
            // a later one.
            double bytesPerPacket = Double.MAX_VALUE;
            for (int round = 0; round < ROUNDS && bytesPerPacket >= 1; round++) {
                bytesPerPacket =
                        (double) forward(device, socket, MEASURED_PACKETS) / MEASURED_PACKETS;
            }
            assertThat(bytesPerPacket).isLessThan(1);
        }
    }

    /**
     * Reads and writes back {@code packets} packets; returns the bytes of heap that reading and
     * writing took.
     */
    private long forward(TunDevice device, DatagramChannel socket, int packets) throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        ByteBuffer payload = ByteBuffer.allocateDirect(100);
        long allocated = 0;
        int burst = 100;
        for (int sent = 0; sent < packets; sent += burst) {
            for (int index = 0; index < burst; index++) {
                socket.write(payload.clear());
            }
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int index = 0; index < burst; index++) {
                assertOctets(128, device.read(packet.clear().position(64)));
                turnRound(packet);
                assertOctets(128, device.write(packet));
            }
            allocated += threads.getCurrentThreadAllocatedBytes() - before;
        }
        return allocated;
    }

    private static void assertOctets(int expected, int result) {
        if (result != expected) {
            throw new AssertionError("result " + result);
        }
    }

    /** Swaps the addresses; the ports are equal, and the checksums do not change. */
    private static void turnRound(ByteBuffer packet) {
        int source = packet.getInt(packet.position() + 12);
        packet.putInt(packet.position() + 12, packet.getInt(packet.position() + 16));
        packet.putInt(packet.position() + 16, source);
    }

    private TunDevice open() throws ErrnoException {
        return namespace.call(() -> TunDevice.open("ppp%d"));
    }

    private TunDevice openConfigured() throws ErrnoException {
        TunDevice device = open();
        configure(device);
        return device;
    }

    private void configure(TunDevice device) throws ErrnoException {
        try (Netlink netlink = namespace.call(Netlink::open)) {
            netlink.configure(device, new TunConfiguration(LOCAL, PEER, 1_400, GROUP));
        }
    }
}
