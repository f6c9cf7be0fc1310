package dev.pptpd.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * pptp-linux and pppd, with the kernel's MPPE, against the built server.
 *
 * <pre>
 *  guest 10.77.0.11 --- t1 \
 *                           br0 10.77.0.1  [server]  lan0 10.88.0.1 --- 10.88.0.2 [lan]
 *  guest 10.77.0.12 --- t2 /               tunnels: 10.99.0.1 - 10.99.0.10..
 * </pre>
 */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
final class RealClientIT {

    private static final String SERVER = "10.77.0.1";
    private static final String FIRST_GUEST = "10.77.0.11";
    private static final String SECOND_GUEST = "10.77.0.12";
    private static final String LAN_HOST = "10.88.0.2";
    private static final String LAN = "10.88.0.0/24";
    private static final String MISTAKEN_PASSWORD = "Secret-5531";
    private static final int TRANSFER_BYTES = 20_000_000;

    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final Duration LOG_LIMIT = Duration.ofSeconds(5);
    private static final Duration PING_LIMIT = Duration.ofSeconds(30);
    private static final Duration END_LIMIT = Duration.ofSeconds(8);

    private static final int STOP_CONTROL_CONNECTION_REQUEST = 3;
    private static final int CALL_DISCONNECT_NOTIFY = 13;
    private static final int PPP_IP = 0x0021;
    private static final int PPP_COMPRESSED = 0x00FD;

    @TempDir private static Path guestFolder;

    private static Topology topology;

    @TempDir private Path folder;

    private final List<ServerProcess> started = new ArrayList<>();
    private ServerFiles files;

    /** What all tests share: machines that take seconds to boot. */
    private record Topology(Namespace gateway, Namespace lan, Guest first, Guest second)
            implements AutoCloseable {

        static Topology build(Path folder) {
            Namespace gateway = Namespace.create("server");
            Namespace lan = Namespace.create("lan");
            gateway.bridge("br0");
            gateway.address("br0", SERVER + "/24");
            gateway.veth("lan0", lan, "eth0");
            gateway.address("lan0", "10.88.0.1/24");
            gateway.forwardIpv4();
            lan.address("eth0", LAN_HOST + "/24");
            lan.route("default", "10.88.0.1");
            return new Topology(
                    gateway,
                    lan,
                    guest(gateway, "t1", FIRST_GUEST, folder),
                    guest(gateway, "t2", SECOND_GUEST, folder));
        }

        static Guest guest(Namespace gateway, String device, String address, Path folder) {
            gateway.tap(device);
            gateway.attach(device, "br0");
            return Guest.boot(gateway, device, address + "/24", folder);
        }

        @Override
        public void close() {
            first.close();
            second.close();
            lan.close();
            gateway.close();
        }
    }

    @BeforeAll
    static void buildTopology() {
        topology = Topology.build(guestFolder);
        topology.first().awaitReady();
        topology.second().awaitReady();
    }

    @AfterAll
    static void removeTopology() {
        if (topology != null) {
            topology.close();
        }
    }

    @BeforeEach
    void prepareFiles() {
        files = ServerFiles.in(folder);
    }

    @AfterEach
    void endServersAndClients() {
        started.forEach(ServerProcess::close);
        firstClient().reset();
        secondClient().reset();
    }

    @Test
    void logsInEncryptsAndReachesTheNetworkBothWays() {
        start();
        PptpLinuxClient client = firstClient();
        try (Capture capture = capture("login.pcap");
                Transfer transfer = Transfer.start(topology.lan(), LAN_HOST, TRANSFER_BYTES)) {
            connect(client);

            LogEvent up = awaitUp(1).getFirst();
            assertThat(up.user()).isEqualTo(ServerFiles.USER);
            assertThat(up.peer()).startsWith(FIRST_GUEST);
            assertThat(up.ip()).isEqualTo(client.address());
            assertThat(up.field("auth")).isEqualTo("MS-CHAPv2");
            assertThat(up.field("mppe")).isEqualTo("128-stateless");
            assertThat(pppDevices()).containsExactly(up.device());
            assertThat(client.log()).contains("MPPE 128-bit stateless compression enabled");

            expectNoPingLost(topology.first(), LAN_HOST);
            expectNoPingLost(topology.lan(), client.address());
            expectEqual(transfer.download(topology.first()));
            expectEqual(transfer.upload(topology.first()));

            client.hangUp();
            LogEvent end = server().awaitEvent(LogEvent.SESSION_END, event -> true, LOG_LIMIT);
            assertThat(end.session()).isEqualTo(up.session());
            assertThat(Long.parseLong(end.field("in"))).isGreaterThan(TRANSFER_BYTES);
            assertThat(Long.parseLong(end.field("out"))).isGreaterThan(TRANSFER_BYTES);
            awaitNoDevice(END_LIMIT);
            capture.stop();
            expectEncrypted(capture.frames(FIRST_GUEST));
            expectEncrypted(capture.frames(SERVER));
        }
    }

    @Test
    void servesTheSameClientAgainAfterItHungUp() {
        start();
        PptpLinuxClient client = firstClient();
        connect(client);
        client.hangUp();
        server().awaitEvent(LogEvent.SESSION_END, event -> true, LOG_LIMIT);

        connect(client);

        assertThat(awaitUp(2).getLast().ip()).isEqualTo(client.address());
        expectNoPingLost(topology.first(), LAN_HOST);
    }

    @Test
    void servesTwoClientsAtOnce() {
        start();

        connectBoth();

        assertThat(awaitUp(2)).extracting(LogEvent::ip).doesNotHaveDuplicates();
        assertThat(pppDevices()).hasSize(2);
        Guest.Running pings = topology.second().start(ping(LAN_HOST));
        expectNoPingLost(topology.first(), LAN_HOST);
        assertThat(pings.await(PING_LIMIT).succeeded()).isTrue();
        expectNoPingLost(topology.first(), secondClient().address());
    }

    @Test
    void refusesAWrongPasswordAndKeepsNothingOfIt() {
        files.conf("remoteip 10.99.0.10");
        start();
        PptpLinuxClient client = firstClient();

        CommandResult refused = client.dial(ServerFiles.USER, MISTAKEN_PASSWORD);

        assertThat(refused.exitCode()).as(refused.output()).isEqualTo(PptpLinuxClient.REFUSED);
        LogEvent failed = server().awaitEvent(LogEvent.LOGIN_FAILED, event -> true, LOG_LIMIT);
        assertThat(failed.user()).isEqualTo(ServerFiles.USER);
        assertThat(failed.peer()).startsWith(FIRST_GUEST);
        assertThat(server().events(LogEvent.SESSION_UP)).isEmpty();
        assertThat(server().lines()).noneMatch(line -> line.contains(MISTAKEN_PASSWORD));
        awaitNoDevice(END_LIMIT);
        // The only address there is.
        connect(client);
        assertThat(client.address()).isEqualTo("10.99.0.10");
    }

    @Test
    void dropsAClientThatFallsSilentWithinTheEchoTime() {
        files.option("lcp-echo-interval 2").option("lcp-echo-failure 3");
        start();
        try (Guest guest = Topology.guest(topology.gateway(), "t3", "10.77.0.13", folder)) {
            connect(new PptpLinuxClient(guest, SERVER));
            awaitUp(1);

            guest.kill();

            server().awaitEvent(LogEvent.SESSION_END, event -> true, Duration.ofSeconds(10));
            awaitNoDevice(Duration.ofSeconds(1));
        } finally {
            topology.gateway().ip("link", "delete", "t3");
        }
    }

    @Test
    void dropsAClientWithinASecondOfItsConnectionClosing() {
        start();
        PptpLinuxClient client = firstClient();
        connect(client);
        awaitUp(1);

        client.killCallManager();

        server().awaitEvent(LogEvent.SESSION_END, event -> true, Duration.ofSeconds(1));
        awaitNoDevice(Duration.ofSeconds(1));
    }

    @Test
    void tellsEveryClientWhenItIsTerminated() {
        start();
        try (Capture first = capture("first.pcap");
                Capture second =
                        Capture.start(topology.gateway(), "t2", folder.resolve("second.pcap"))) {
            connectBoth();
            awaitUp(2);

            server().terminate();

            assertThat(server().awaitExit(Duration.ofSeconds(5))).isZero();
            assertThat(pppDevices()).isEmpty();
            firstClient().awaitEnd();
            secondClient().awaitEnd();
            expectFarewell(first, FIRST_GUEST);
            expectFarewell(second, SECOND_GUEST);
        }
        assertThat(firstClient().log()).contains("LCP terminated by peer");
        assertThat(secondClient().log()).contains("LCP terminated by peer");
    }

    @Test
    void startsAgainAfterItWasKilled() {
        start();
        connect(firstClient());
        awaitUp(1);
        server().kill();
        firstClient().reset();

        launch();
        server().awaitReady(Duration.ofSeconds(5));

        assertThat(pppDevices()).isEmpty();
        connect(firstClient());
        expectNoPingLost(topology.first(), LAN_HOST);
    }

    private void start() {
        launch();
        server().awaitReady(START_LIMIT);
    }

    private void launch() {
        started.add(ServerProcess.launch(topology.gateway(), files));
    }

    /** The one that was started last. */
    private ServerProcess server() {
        return started.getLast();
    }

    private Capture capture(String name) {
        return Capture.start(topology.gateway(), "t1", folder.resolve(name));
    }

    private static PptpLinuxClient firstClient() {
        return new PptpLinuxClient(topology.first(), SERVER);
    }

    private static PptpLinuxClient secondClient() {
        return new PptpLinuxClient(topology.second(), SERVER);
    }

    private static void connect(PptpLinuxClient client) {
        client.connect(ServerFiles.USER, ServerFiles.PASSWORD);
        routeThroughTunnel(client);
    }

    private static void routeThroughTunnel(PptpLinuxClient client) {
        client.route(LAN);
        client.route("10.99.0.0/24");
    }

    private static void connectBoth() {
        PptpLinuxClient.Dialling second =
                secondClient().startDialling(ServerFiles.USER, ServerFiles.PASSWORD);
        connect(firstClient());
        CommandResult result = second.await();
        assertThat(result.exitCode()).as(result.output()).isZero();
        routeThroughTunnel(secondClient());
    }

    private List<LogEvent> awaitUp(int sessions) {
        Poll.until(
                LOG_LIMIT,
                () -> server().events(LogEvent.SESSION_UP).size() >= sessions,
                () -> sessions + " sessions up:\n" + String.join("\n", server().lines()));
        return server().events(LogEvent.SESSION_UP);
    }

    private static List<String> pppDevices() {
        return topology.gateway().devices("ppp");
    }

    private void awaitNoDevice(Duration limit) {
        Poll.until(
                limit,
                () -> pppDevices().isEmpty(),
                () -> "no pppN, but " + pppDevices() + "\n" + String.join("\n", server().lines()));
    }

    private static String ping(String address) {
        return "ping -q -c 100 -i 0.02 -W 5 " + address;
    }

    private static void expectNoPingLost(Guest guest, String address) {
        assertThat(guest.expectSuccess(ping(address))).contains("100 received");
    }

    private static void expectNoPingLost(Namespace namespace, String address) {
        assertThat(namespace.command(ping(address).split(" ")).expectSuccess())
                .contains("100 received");
    }

    private static void expectEqual(Transfer.Digests digests) {
        assertThat(digests.received()).isEqualTo(digests.sent());
    }

    private static void expectEncrypted(List<ByteBuffer> frames) {
        assertThat(frames).extracting(Capture::protocol).contains(PPP_COMPRESSED);
        assertThat(frames).extracting(Capture::protocol).doesNotContain(PPP_IP);
    }

    private static void expectFarewell(Capture capture, String guest) {
        capture.stop();
        assertThat(capture.controlMessageTypes(SERVER))
                .as("control messages to %s", guest)
                .containsSubsequence(CALL_DISCONNECT_NOTIFY, STOP_CONTROL_CONNECTION_REQUEST);
        assertThat(capture.frames(SERVER).stream().filter(Capture::isTerminateRequest))
                .as("LCP Terminate-Request to %s", guest)
                .isNotEmpty();
    }
}
