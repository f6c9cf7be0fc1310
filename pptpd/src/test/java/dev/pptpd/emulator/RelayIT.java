package dev.pptpd.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.lab.RelayNetwork;
import dev.pptpd.lab.ServerFiles;
import dev.pptpd.lab.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code pptpd --relay} between clients that all use call id 0 and a server, in the network that
 * {@link RelayNetwork} draws.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
final class RelayIT {
    private static final Duration UP_LIMIT = Duration.ofSeconds(10);
    private static final Duration END_LIMIT = Duration.ofSeconds(10);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(6);
    private static final int EX_CONFIG = 78;

    /** With {@code -Dlab.long=true} ten minutes. */
    private static final Duration CYCLES =
            Boolean.getBoolean("lab.long") ? Duration.ofMinutes(10) : Duration.ofMinutes(1);

    /** Below what server and relay accept from one address in the long run, 10/s. */
    private static final Duration CYCLE = Duration.ofMillis(400);

    private static final int CYCLING_CLIENTS = 3;

    @TempDir private Path folder;
    private RelayNetwork network;
    private ServerFiles files;

    @BeforeEach
    void makeNetwork() throws IOException {
        network = new RelayNetwork();
        files =
                ServerFiles.in(Files.createDirectory(folder.resolve("server")))
                        .withoutOption("require-mppe-128");
    }

    @AfterEach
    void removeNetwork() {
        network.close();
    }

    private Place client(int number) {
        return Place.of(
                network.clients().name(), RelayNetwork.clientAddress(number), RelayNetwork.GATEWAY);
    }

    @Test
    void relaysClientsOfEveryKindAtOnce() {
        List<ClientProfile> kinds =
                List.of(
                        ClientProfiles.WINDOWS_10,
                        ClientProfiles.WINDOWS_XP,
                        ClientProfiles.PPTP_LINUX,
                        ClientProfiles.MACOS,
                        ClientProfiles.ANDROID);
        try (var server = ServerProcess.start(network.server(), files);
                var relay = network.relay(folder, "-d")) {
            network.expectNoHelpOfTheKernel();
            List<EmulatedClient> clients =
                    IntStream.range(0, kinds.size())
                            .mapToObj(number ->
                                    EmulatedClient.start(
                                            client(number), kinds.get(number), TestNetwork.GOOD))
                            .toList();
            try {
                clients.forEach(client -> client.awaitFirstEcho(UP_LIMIT));
                clients.forEach(client -> client.expectPing(UP_LIMIT));
                assertThat(server.events("session-up"))
                        .hasSize(kinds.size())
                        .allSatisfy(up -> assertThat(up.peer()).startsWith("10.88.0.1"));
                assertThat(relay.events("relay-up")).hasSize(kinds.size());
                clients.forEach(EmulatedClient::hangUp);
                clients.forEach(client -> client.awaitConnectionClosed(END_LIMIT));
            } finally {
                clients.forEach(EmulatedClient::close);
            }
            relay.awaitEvent(
                    "relay-end",
                    end ->
                            Long.parseLong(end.field("client-packets")) > 0
                                    && Long.parseLong(end.field("server-packets")) > 0,
                    END_LIMIT);
            assertThat(server.alive()).isTrue();
        }
    }

    @Test
    void mixesUpNoPacketWhileClientsComeAndGo() throws Exception {
        AtomicInteger cycles = new AtomicInteger();
        try (var server = ServerProcess.start(network.server(), files);
                var relay = network.relay(folder);
                ExecutorService threads = Executors.newFixedThreadPool(CYCLING_CLIENTS)) {
            long endNanos = System.nanoTime() + CYCLES.toNanos();
            List<Future<?>> running =
                    IntStream.range(0, CYCLING_CLIENTS)
                            .<Future<?>>mapToObj(
                                    number -> threads.submit(() -> cycle(number, endNanos, cycles)))
                            .toList();
            for (Future<?> one : running) {
                await(one);
            }
            assertThat(cycles.get()).isGreaterThan((int) CYCLES.toSeconds() / 5);
            assertThat(relay.lines()).noneMatch(line -> line.contains("ERROR"));
            assertThat(server.alive()).isTrue();
            assertThat(relay.alive()).isTrue();
        }
    }

    private static void await(Future<?> running) throws InterruptedException {
        try {
            running.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }

    private void cycle(int number, long endNanos, AtomicInteger cycles) {
        for (long next = System.nanoTime(); next - endNanos < 0; next += CYCLE.toNanos()) {
            LockSupport.parkNanos(next - System.nanoTime());
            int cycle = cycles.incrementAndGet();
            try (var client = IdentifiedClient.connect(client(number), number << 24 | cycle)) {
                client.exchange(20);
                client.hangUp();
                assertThat(client.foreign()).isEmpty();
            }
            next = Math.max(next, System.nanoTime() - CYCLE.toNanos());
        }
    }

    @Test
    void outlivesARestartOfTheServer() {
        try (var relay = network.relay(folder)) {
            try (var first = ServerProcess.start(network.server(), files);
                    var client = IdentifiedClient.connect(client(0), 1)) {
                client.exchange(5);
                first.kill();
                relay.awaitEvent(
                        "relay-end", end -> end.reason().equals("server-closed"), END_LIMIT);
            }
            // Nobody serves: the client is told so by the end of its connection.
            try (var refused = ControlConnection.open(client(1))) {
                refused.send(
                        PptpMessage.startControlConnectionRequest(
                                ClientProfiles.WINDOWS_10.start()));
                assertThat(refused.closedWithin(END_LIMIT)).isTrue();
            }
            assertThat(relay.awaitEvent("relay-refused", event -> true, END_LIMIT).reason())
                    .isEqualTo("server-unreachable");
            try (var second = ServerProcess.start(network.server(), files);
                    var client = IdentifiedClient.connect(client(0), 2)) {
                client.exchange(5);
                assertThat(client.foreign()).isEmpty();
                assertThat(second.alive()).isTrue();
            }
        }
    }

    @Test
    void relaysAgainAfterItWasKilled() {
        try (var server = ServerProcess.start(network.server(), files)) {
            try (var relay = network.relay(folder);
                    var client = IdentifiedClient.connect(client(0), 1)) {
                client.exchange(5);
                relay.kill();
                server.awaitEvent("session-end", event -> true, END_LIMIT);
            }
            try (var relay = network.relay(folder);
                    var client = IdentifiedClient.connect(client(0), 2)) {
                client.exchange(5);
                assertThat(client.foreign()).isEmpty();
                assertThat(relay.alive()).isTrue();
            }
        }
    }

    @Test
    void asksBothEndsForTheEndWhenItIsTerminated() {
        try (var server = ServerProcess.start(network.server(), files);
                var relay = network.relay(folder);
                var client =
                        EmulatedClient.start(
                                client(0), ClientProfiles.WINDOWS_10, TestNetwork.GOOD)) {
            client.awaitFirstEcho(UP_LIMIT);
            relay.terminate();
            assertThat(relay.awaitExit(STOP_LIMIT)).isZero();
            client.journal()
                    .await(
                            "Stop-Control-Connection-Request",
                            seen ->
                                    seen.isMessageFromServer(
                                            PptpMessage.STOP_CONTROL_CONNECTION_REQUEST),
                            STOP_LIMIT);
            server.awaitEvent("session-end", event -> true, END_LIMIT);
            assertThat(relay.events("relay-end"))
                    .singleElement()
                    .satisfies(end -> assertThat(end.reason()).isEqualTo("shutdown"));
            assertThat(folder.resolve("relay.pid")).doesNotExist();
        }
    }

    /** ATTACKS F03, at the relay: it sees which side's protocol 47 does not arrive. */
    @Test
    void saysWhoseGreDoesNotArrive() {
        try (var server = ServerProcess.start(network.server(), files);
                var relay = network.relay(folder)) {
            try (var connection = ControlConnection.open(client(0))) {
                connection.send(
                        PptpMessage.startControlConnectionRequest(
                                ClientProfiles.WINDOWS_10.start()),
                        PptpMessage.outgoingCallRequest(ClientProfiles.WINDOWS_10.call(), 7, 1));
                connection.expect(PptpMessage.START_CONTROL_CONNECTION_REPLY);
                connection.expect(PptpMessage.OUTGOING_CALL_REPLY);
                // The server's link speaks first, shortly after its reply.
                LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
            }
            var end = relay.awaitEvent("relay-end", event -> true, END_LIMIT);
            assertThat(end.field("detail"))
                    .isEqualTo("no GRE from the client; is IP protocol 47 blocked?");
            assertThat(server.alive()).isTrue();
        }
    }

    @Test
    void refusesToRelayToItself() {
        for (String target : List.of(RelayNetwork.GATEWAY, "127.0.0.1:1723")) {
            try (var relay = network.launchRelay(target, folder)) {
                assertThat(relay.awaitExit(Duration.ofSeconds(20))).isEqualTo(EX_CONFIG);
                assertThat(relay.lines())
                        .singleElement()
                        .asString()
                        .contains(target, "is this host");
            }
        }
    }

    /** No device is made and no route is set: CAP_NET_RAW is all. */
    @Test
    void needsNoMoreThanItsRawSocket() {
        try (var server = ServerProcess.start(network.server(), files)) {
            List<String> words =
                    new ArrayList<>(
                            List.of(
                                    "setpriv",
                                    "--bounding-set",
                                    "-all,+net_raw",
                                    "--inh-caps",
                                    "-all",
                                    "env",
                                    "JAVA_HOME=" + System.getProperty("java.home"),
                                    ServerProcess.program()));
            words.addAll(RelayNetwork.arguments(RelayNetwork.SERVER, folder));
            var unprivileged = network.gateway().command(words.toArray(String[]::new)).start();
            try (var client =
                    EmulatedClient.prepare(
                            client(0),
                            ClientProfiles.WINDOWS_10,
                            TestNetwork.GOOD,
                            Integer.MAX_VALUE)) {
                awaitFile(folder.resolve("relay.pid"));
                client.begin().awaitFirstEcho(UP_LIMIT);
                assertThat(server.alive()).isTrue();
            } finally {
                unprivileged.destroyForcibly();
            }
        }
    }

    private static void awaitFile(Path file) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!Files.exists(file)) {
            assertThat(System.nanoTime() - deadline).as("no " + file).isNegative();
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
