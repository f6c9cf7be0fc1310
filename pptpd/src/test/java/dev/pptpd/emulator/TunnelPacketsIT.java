package dev.pptpd.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.dhcp.DhcpRoutes;
import dev.pptpd.dhcp.WindowsInform;
import dev.pptpd.emulator.Observation.Direction;
import dev.pptpd.emulator.Observation.PacketSeen;
import dev.pptpd.inner.InnerPackets;
import dev.pptpd.lab.LogEvent;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the server does about the packets of a Windows client, and when it ends sessions by itself.
 *
 * <pre>
 *   client 10.77.0.10 --- eth0 10.77.0.1 [server] eth1 10.78.0.1 --- 10.78.0.66 [a host of the LAN]
 *          10.99.0.200 ======= 10.99.0.1
 * </pre>
 */
final class TunnelPacketsIT {
    private static final Duration LIMIT = Duration.ofSeconds(8);
    private static final int TCP = 6;
    private static final int PORT = 8_080;
    private static final String HOST = "10.78.0.66";
    private static final Ipv4Address CLIENT = address("10.99.0.200");
    private static final Credentials WINDOWS = new Credentials("win", "secret");

    @TempDir private static Path folder;

    @RegisterExtension
    private static final ServedNetwork network =
            new ServedNetwork(
                    () -> folder,
                    files ->
                            files.option("dhcp-route 10.78.0.0/24")
                                    .option("dhcp-domain corp.example.com")
                                    .secret("win * secret " + CLIENT)
                                    .secret("idle * secret * -- idle 2")
                                    .secret("short * secret * -- maxconnect 2")
                                    .secret("glutton * secret * -- maxoctets 1000 mo-direction in")
                                    .secret("narrow * secret * -- mtu 1300"));

    @BeforeAll
    static void joinTheNetworks() {
        network.namespace().forwardIpv4();
        network.strangers().route("10.99.0.0/24", "10.78.0.1");
    }

    @AfterEach
    void awaitNothingLeftBehind() {
        await("no session device").atMost(LIMIT).until(() -> network.sessionDevices().isEmpty());
    }

    /** CLIENTS section 1, row 8. */
    @Test
    void tellsWindowsItsRoutes() {
        try (var client = connect(WINDOWS)) {
            send(client, WindowsInform.packet(CLIENT));
            ByteBuffer answer = awaitPacket(client, "a DHCPACK", TunnelPacketsIT::isDhcpAnswer);
            assertThat(answer.getInt(16)).isEqualTo(CLIENT.value());
            assertThat(answer.getInt(28 + 4)).isEqualTo(WindowsInform.TRANSACTION);
            assertThat(DhcpRoutes.decode(option(answer, 249)).orElseThrow())
                    .extracting(Ipv4Network::toString)
                    .containsExactly("10.78.0.0/24");
            assertThat(option(answer, 15)).asString().isEqualTo("corp.example.com");
            assertThat(HexFormat.of().formatHex(option(answer, 6))).isEqualTo("0a630035");
            assertThat(HexFormat.of().formatHex(option(answer, 54))).isEqualTo("0a630001");
            send(client, WindowsInform.packetForAll(CLIENT));
            ByteBuffer next = awaitPacket(client, "the next one", TunnelPacketsIT::isAnswerForAll);
            assertThat(option(next, 249)).isEqualTo(option(answer, 249));
            assertThat(option(next, 121)).isEqualTo(option(answer, 249));
            leave(client);
        }
    }

    @Test
    void keepsConnectionsToSegmentsThatFitOnBothSides() throws IOException {
        try (ServerSocket listener = network.strangers().call(() -> new ServerSocket(PORT));
                var client = connect(WINDOWS)) {
            assertThat(listener.isBound()).isTrue();
            CompletableFuture<String> seen = CompletableFuture.supplyAsync(this::nextSynOnTheLan);
            await("a SYN on the LAN")
                    .atMost(LIMIT)
                    .until(() -> {
                        send(client, syn());
                        return seen.isDone();
                    });
            assertThat(seen.join()).contains("mss 1360").contains("cksum").contains("(correct)");
            ByteBuffer answer = awaitPacket(client, "a SYN's answer", packet -> isTcp(packet));
            assertThat(answer.get(33)).as("SYN and ACK").isEqualTo((byte) 0x12);
            assertThat(answer.getInt(40)).isEqualTo(0x02040000 | 1360);
            assertThat(InnerPackets.checksum4(answer)).isZero();
            leave(client);
        }
    }

    private String nextSynOnTheLan() {
        String filter = "src " + CLIENT + " and tcp port " + PORT;
        return network.strangers()
                .command("tcpdump", "-i", "eth0", "-n", "-v", "-c", "1", "-Z", "root", filter)
                .expectSuccess();
    }

    private static byte[] syn() {
        ByteBuffer syn = InnerPackets.syn4("020405B4");
        syn.putShort(2, (short) 44).limit(44);
        syn.putShort(20 + 2, (short) PORT).putInt(12, CLIENT.value());
        InnerPackets.sealed4(syn.putInt(16, address(HOST).value()));
        byte[] octets = new byte[44];
        syn.get(0, octets);
        return octets;
    }

    @Test
    void tellsAHostOfTheLanWhatPasses() {
        try (var client = connect(new Credentials("narrow", "secret"))) {
            LogEvent up =
                    network.server()
                            .awaitEvent(
                                    LogEvent.SESSION_UP,
                                    event -> event.user().equals("narrow"),
                                    LIMIT);
            assertThat(mtuOf(up.device())).isEqualTo(1300);
            String said =
                    network.strangers()
                            .command(
                                    "ping", "-M", "do", "-s", "1372", "-c", "1", "-W", "2", up.ip())
                            .run()
                            .output();
            assertThat(said).contains("mtu = 1300");
            leave(client);
        }
    }

    @Test
    void makesTheDeviceAsNarrowAsThePathToTheClient() {
        String path = "10.77.0.12/32";
        network.namespace().ip("route", "add", path, "dev", "eth0", "mtu", "1300");
        try (var client =
                EmulatedClient.start(network.client(2), ClientProfiles.WINDOWS_7, WINDOWS)) {
            client.awaitFirstEcho(LIMIT);
            LogEvent up =
                    network.server()
                            .awaitEvent(
                                    LogEvent.SESSION_UP,
                                    event -> event.peer().startsWith("10.77.0.12"),
                                    LIMIT);
            assertThat(mtuOf(up.device())).isEqualTo(1300 - 44);
            leave(client);
        } finally {
            network.namespace().ip("route", "delete", path);
        }
    }

    /** Three sessions at once, since each of them takes its time. */
    @Test
    void endsSessionsThatHaveReachedTheirLimit() {
        List<EmulatedClient> clients = new ArrayList<>();
        try {
            for (String user : List.of("idle", "short", "glutton")) {
                clients.add(
                        EmulatedClient.start(
                                network.client(clients.size() + 3),
                                ClientProfiles.WINDOWS_7,
                                new Credentials(user, "secret")));
            }
            clients.getLast().awaitFirstEcho(LIMIT);
            // Not all of them need be answered: the limit may be reached in between.
            assertThat(Stream.generate(clients.getLast()::ping).limit(20)).hasSize(20);
            expectEnd("idle", "idle", "Terminating connection due to lack of activity.");
            expectEnd("short", "maxconnect", "Connect time expired");
            expectEnd("glutton", "maxoctets", "Traffic limit reached. Limit: 1000 Used: ");
            for (EmulatedClient client : clients) {
                client.journal()
                        .await(
                                "a Call-Disconnect-Notify",
                                seen ->
                                        seen.isMessageFromServer(
                                                PptpMessage.CALL_DISCONNECT_NOTIFY),
                                LIMIT);
            }
        } finally {
            clients.forEach(EmulatedClient::close);
        }
    }

    private static void expectEnd(String user, String reason, String detail) {
        LogEvent end =
                network.server()
                        .awaitEvent(
                                LogEvent.SESSION_END, event -> event.user().equals(user), LIMIT);
        assertThat(end.reason()).isEqualTo(reason);
        assertThat(end.field("detail")).startsWith(detail);
    }

    private static EmulatedClient connect(Credentials user) {
        EmulatedClient client =
                EmulatedClient.start(network.client(0), ClientProfiles.WINDOWS_7, user);
        client.awaitFirstEcho(LIMIT);
        return client;
    }

    private static int mtuOf(String device) {
        String shown = network.namespace().ip("link", "show", device);
        return Integer.parseInt(shown.replaceFirst("(?s).* mtu (\\d+) .*", "$1"));
    }

    private static void send(EmulatedClient client, byte[] packet) {
        Ipv4Packet decoded = Ipv4Packet.decode(Octets.of(packet)).orElseThrow();
        client.act(automaton -> automaton.link().network().data().send(decoded));
    }

    private static ByteBuffer awaitPacket(
            EmulatedClient client, String what, Predicate<Ipv4Packet> fits) {
        Observation seen =
                client.journal()
                        .await(
                                what,
                                observation ->
                                        observation instanceof PacketSeen packet
                                                && packet.direction() == Direction.RECEIVED
                                                && fits.test(packet.packet()),
                                LIMIT);
        return ByteBuffer.wrap(((PacketSeen) seen).packet().encode().toArray());
    }

    private static boolean isDhcpAnswer(Ipv4Packet packet) {
        return packet.protocol() == 17
                && packet.payload().u16(0) == 67
                && packet.payload().u16(2) == 68;
    }

    private static boolean isAnswerForAll(Ipv4Packet packet) {
        ByteBuffer octets = ByteBuffer.wrap(packet.encode().toArray());
        return isDhcpAnswer(packet) && octets.getInt(28 + 4) == WindowsInform.TRANSACTION + 1;
    }

    private static boolean isTcp(Ipv4Packet packet) {
        return packet.protocol() == TCP;
    }

    /** The value of an option behind the headers of IP, UDP and BOOTP. */
    private static byte[] option(ByteBuffer answer, int code) {
        int at = 28 + 240;
        while ((answer.get(at) & 0xFF) != code) {
            at += 2 + (answer.get(at + 1) & 0xFF);
        }
        byte[] value = new byte[answer.get(at + 1) & 0xFF];
        answer.get(at + 2, value);
        return value;
    }

    private static void leave(EmulatedClient client) {
        client.hangUp();
        client.awaitConnectionClosed(LIMIT);
    }

    private static Ipv4Address address(String text) {
        return Ipv4Address.parse(text).orElseThrow();
    }
}
