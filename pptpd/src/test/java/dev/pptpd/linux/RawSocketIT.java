package dev.pptpd.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.management.ThreadMXBean;
import dev.pptpd.emulator.linux.RawGreSocket;
import dev.pptpd.gre.linux.Epoll;
import dev.pptpd.gre.linux.Errno;
import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.gre.linux.RawSocket;
import dev.pptpd.gre.linux.ReceiveBatch;
import dev.pptpd.gre.linux.SendBatch;
import dev.pptpd.gre.linux.SocketFilter;
import dev.pptpd.lab.Namespace;
import java.lang.management.ManagementFactory;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * <pre>
 * client namespace                server namespace
 *   10.77.0.2/24 --- veth pair --- 10.77.0.1/24
 * </pre>
 */
class RawSocketIT {
    private static final int SERVER = 0x0A4D0001;
    private static final int CLIENT = 0x0A4D0002;
    private static final int BUFFER_BYTES = 4 << 20;
    private static final int GRE_HEADER_LENGTH = 12;
    private static final byte IP_NO_OPERATION = 1;
    private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int WARM_UP_CALLS = 40_000;
    private static final int MEASURED_PACKETS = 200_000;
    private static final int ROUNDS = 10;
    private static final ThreadMXBean ALLOCATIONS =
            (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final ReceiveBatch received = new ReceiveBatch();
    private final SendBatch sending = new SendBatch();
    private Namespace clients;
    private Namespace servers;

    @BeforeEach
    void connect() {
        clients = Namespace.create("clients");
        servers = Namespace.create("servers");
        clients.veth("veth0", servers, "veth0");
        clients.address("veth0", "10.77.0.2/24");
        servers.address("veth0", "10.77.0.1/24");
    }

    @AfterEach
    void remove() {
        clients.close();
        servers.close();
    }

    @Test
    void carriesPacketsBothWays() throws Exception {
        try (RawSocket client = open(clients, CLIENT, 0, 1);
                RawSocket server = open(servers, SERVER, 0, 1)) {
            addPacket(SERVER, 0x1234, 100);
            assertThat(client.send(sending)).isEqualTo(1);

            awaitPackets(server, 1);
            ByteBuffer packet = received.packet(0);
            assertThat(packet.remaining()).isEqualTo(GRE_HEADER_LENGTH + 100);
            assertThat(packet.getShort(packet.position() + 6)).isEqualTo((short) 0x1234);
            assertThat(packet.get(packet.limit() - 1)).isEqualTo((byte) 99);
            assertThat(received.source(0)).isEqualTo(CLIENT);
            assertThat(received.isTruncated(0)).isFalse();

            addPacket(received.source(0), 7, 0);
            server.send(sending);
            awaitPackets(client, 1);
            assertThat(received.source(0)).isEqualTo(SERVER);
        }
    }

    @Test
    void givesEachCallToItsWorkerAndForeignGreToNobody() throws Exception {
        try (RawSocket client = open(clients, CLIENT, 0, 1);
                RawSocket even = open(servers, RawSocket.ANY_ADDRESS, 0, 2);
                RawSocket odd = open(servers, RawSocket.ANY_ADDRESS, 1, 2)) {
            addForeignGre(SERVER);
            for (int callId = 0; callId < 10; callId++) {
                addPacket(SERVER, callId, callId);
            }
            assertThat(client.send(sending)).isEqualTo(11);

            for (int index = 0; index < 2; index++) {
                awaitPackets(index == 0 ? even : odd, 5);
                for (int packet = 0; packet < received.size(); packet++) {
                    ByteBuffer octets = received.packet(packet);
                    assertThat(octets.getShort(octets.position() + 6))
                            .isEqualTo((short) (2 * packet + index));
                }
                assertThat((index == 0 ? even : odd).receive(received)).isZero();
            }
        }
    }

    @Test
    void receivesReassembledFragmentsWithTheirEndFlaggedMissing_A13() throws Exception {
        try (RawSocket client = open(clients, CLIENT, 0, 1);
                RawSocket server = open(servers, SERVER, 0, 1)) {
            addPacket(SERVER, 5, 1_900);
            assertThat(client.send(sending))
                    .as("no Don't Fragment on a link of 1,500")
                    .isEqualTo(1);
            awaitPackets(server, 1);
            assertThat(received.packet(0).remaining()).isEqualTo(GRE_HEADER_LENGTH + 1_900);
            assertThat(received.isTruncated(0)).isFalse();

            addPacket(SERVER, 5, SendBatch.PAYLOAD_SIZE - GRE_HEADER_LENGTH);
            client.send(sending);
            awaitPackets(server, 1);
            assertThat(received.isTruncated(0)).isTrue();
            assertThat(received.packet(0).limit()).isEqualTo(ReceiveBatch.SLOT_SIZE);
        }
    }

    /** IHL 5 to 15: no-operation options, which routers pass. */
    @Test
    void findsThePacketBehindIpOptionsOfEveryLength_A13() throws Exception {
        byte[] packet = grePacket(100);
        try (RawGreSocket client = clients.call(() -> RawGreSocket.open(inet(CLIENT)));
                RawSocket server = open(servers, SERVER, 0, 1)) {
            for (int octets = 0; octets <= 40; octets += 4) {
                byte[] options = new byte[octets];
                Arrays.fill(options, IP_NO_OPERATION);
                client.ipOptions(options);
                client.send(packet, inet(SERVER));
                awaitPackets(server, 1);
                ByteBuffer found = received.packet(0);
                assertThat(found.position()).isEqualTo(20 + octets);
                byte[] octetsFound = new byte[found.remaining()];
                found.get(found.position(), octetsFound);
                assertThat(octetsFound).isEqualTo(packet);
                assertThat(received.source(0)).isEqualTo(CLIENT);
            }
        }
    }

    /** 45 fragments that the kernel puts together: too long for a slot, and not a slot too much. */
    @Test
    void survivesTheLongestDatagramThereIs_A13() throws Exception {
        try (RawGreSocket client = clients.call(() -> RawGreSocket.open(inet(CLIENT)));
                RawSocket server = open(servers, SERVER, 0, 1)) {
            client.send(grePacket(65_535 - 20 - GRE_HEADER_LENGTH), inet(SERVER));
            awaitPackets(server, 1);
            assertThat(received.isTruncated(0)).isTrue();
            client.send(grePacket(100), inet(SERVER));
            awaitPackets(server, 1);
            assertThat(received.isTruncated(0)).isFalse();
            assertThat(received.packet(0).remaining()).isEqualTo(GRE_HEADER_LENGTH + 100);
        }
    }

    private static byte[] grePacket(int payloadLength) {
        ByteBuffer packet = ByteBuffer.allocate(GRE_HEADER_LENGTH + payloadLength);
        packet.putInt(0x3001880B).putShort((short) payloadLength).putShort((short) 5);
        return packet.array();
    }

    private static Inet4Address inet(int address) throws UnknownHostException {
        byte[] octets = ByteBuffer.allocate(Integer.BYTES).putInt(address).array();
        return (Inet4Address) InetAddress.getByAddress(octets);
    }

    @Test
    void losesOnlyThePacketsThatTheFirewallRefuses_F22() throws Exception {
        clients.command(
                        "nft",
                        "table ip t { chain o { type filter hook output priority 0; ip daddr 10.77.0.9 drop; }; }")
                .expectSuccess();
        try (RawSocket client = open(clients, CLIENT, 0, 1);
                RawSocket server = open(servers, SERVER, 0, 1)) {
            int refused = 0x0A4D0009;
            int[] destinations = {refused, SERVER, refused, refused, SERVER, SERVER, refused};
            for (int destination : destinations) {
                addPacket(destination, 5, 10);
            }

            assertThat(client.send(sending)).isEqualTo(3);
            awaitPackets(server, 3);
        }
        assertThat(sending.isEmpty()).isTrue();
        assertThat(sending.counters().packets()).isEqualTo(3);
        assertThat(sending.counters().failures(Errno.EPERM)).isEqualTo(4);
        assertThat(sending.counters()).hasToString("packets=3 EPERM=4");
    }

    @Test
    void countsUnreachableNetworksAndHosts_F22() throws Exception {
        clients.ip("route", "add", "unreachable", "203.0.113.0/24");
        try (RawSocket client = open(clients, CLIENT, 0, 1)) {
            addPacket(0xC0000201, 5, 10);
            addPacket(0xCB007101, 5, 10);
            addPacket(SERVER, 5, 10);
            assertThat(client.send(sending)).isEqualTo(1);

            clients.ip("link", "set", "veth0", "down");
            addPacket(SERVER, 5, 10);
            assertThat(client.send(sending)).isZero();
        }
        assertThat(sending.counters().failures(Errno.ENETUNREACH)).isEqualTo(2);
        assertThat(sending.counters().failures(Errno.EHOSTUNREACH)).isEqualTo(1);
        assertThat(sending.counters().failureCount()).isEqualTo(3);
    }

    @Test
    void refusesAnAddressThatIsNotLocal() {
        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(() -> open(servers, CLIENT, 0, 1))
                .withMessage("bind: EADDRNOTAVAIL: local address 10.77.0.2");
    }

    @Test
    void allocatesNothingForAPacket() throws Exception {
        try (RawSocket client = open(clients, CLIENT, 0, 1);
                RawSocket server = open(servers, SERVER, 0, 1);
                Epoll epoll = Epoll.create()) {
            epoll.add(server.fd(), 1);
            transfer(client, server, epoll, WARM_UP_CALLS, 1);

            // The compiler works beside the test: what it has not finished in the first round, it
            // has in a later one.
            double bytesPerPacket = Double.MAX_VALUE;
            for (int round = 0; round < ROUNDS && bytesPerPacket >= 1; round++) {
                long before = ALLOCATIONS.getCurrentThreadAllocatedBytes();
                int count = transfer(client, server, epoll, MEASURED_PACKETS, SendBatch.CAPACITY);
                long allocated = ALLOCATIONS.getCurrentThreadAllocatedBytes() - before;
                bytesPerPacket = (double) allocated / count;
            }
            assertThat(bytesPerPacket).isLessThan(1);
        }
    }

    private int transfer(RawSocket client, RawSocket server, Epoll epoll, int packets, int batch)
            throws ErrnoException {
        int transferred = 0;
        while (transferred < packets) {
            while (sending.size() < batch) {
                ByteBuffer slot = sending.slot();
                slot.limit(slot.position() + 100);
                slot.position(slot.position() - GRE_HEADER_LENGTH);
                slot.putLong(slot.position(), 0x3001_880B_0064_0001L);
                sending.add(SERVER, 0);
            }
            int missing = client.send(sending);
            while (missing > 0 && epoll.await(WAIT_NANOS) > 0 && epoll.isReadable(0)) {
                int count = server.receive(received);
                for (int index = 0; index < count; index++) {
                    transferred +=
                            received.packet(index).hasRemaining()
                                            && received.source(index) == CLIENT
                                    ? 1
                                    : 0;
                }
                missing -= count;
            }
        }
        return transferred;
    }

    private static RawSocket open(Namespace namespace, int address, int index, int workers)
            throws ErrnoException {
        return namespace.call(() ->
                RawSocket.open(address, SocketFilter.forWorker(index, workers), BUFFER_BYTES));
    }

    /** Adds a packet as the data path does: payload first, then the GRE header before it. */
    private void addPacket(int destination, int callId, int payloadLength) {
        ByteBuffer slot = sending.slot();
        int payload = slot.position();
        for (int index = 0; index < payloadLength; index++) {
            slot.put((byte) index);
        }
        slot.flip().position(payload - GRE_HEADER_LENGTH);
        slot.putShort(slot.position(), (short) 0x3001)
                .putShort(slot.position() + 2, (short) 0x880B);
        slot.putShort(slot.position() + 4, (short) payloadLength);
        slot.putShort(slot.position() + 6, (short) callId);
        sending.add(destination, 0);
    }

    /** Plain GRE (version 0) of somebody else's tunnel. */
    private void addForeignGre(int destination) {
        ByteBuffer slot = sending.slot();
        slot.putInt(slot.position(), 0x0000_0800).limit(slot.position() + 28);
        sending.add(destination, 0);
    }

    /**
     * Waits for {@code count} packets, which must come in one batch because they were sent in one.
     */
    private void awaitPackets(RawSocket socket, int count) throws ErrnoException {
        try (Epoll epoll = Epoll.create()) {
            epoll.add(socket.fd(), 1);
            assertThat(epoll.await(WAIT_NANOS)).as("packets arrive").isEqualTo(1);
        }
        assertThat(socket.receive(received)).isEqualTo(count);
    }
}
