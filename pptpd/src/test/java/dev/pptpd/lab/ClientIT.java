package dev.pptpd.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Our client against our server.
 *
 * <pre>
 *   [ client ] 10.77.0.2 ====== 10.77.0.1 [ server ] 10.78.0.1 ====== 10.78.0.2 [ lan ]
 * </pre>
 */
final class ClientIT {
    private static final String SERVER = "10.77.0.1";
    private static final String LAN_HOST = "10.78.0.2";
    private static final Duration STOP_LIMIT = Duration.ofSeconds(6);
    private static final Duration LOG_LIMIT = Duration.ofSeconds(10);
    private static final Duration REFUSAL_LIMIT = Duration.ofMinutes(1);
    private static final int TRANSFER_OCTETS = 20_000_000;

    private static final int AUTHENTICATION = 67;
    private static final int NETWORK = 68;
    private static final int ADDRESS = 75;
    private static final int ENCRYPTION = 76;

    @TempDir private Path folder;
    private Namespace client;
    private Namespace server;
    private Namespace lan;
    private ServerFiles files;
    private final List<AutoCloseable> started = new ArrayList<>();

    @BeforeEach
    void build() {
        client = Namespace.create("client");
        server = Namespace.create("server");
        lan = Namespace.create("lan");
        client.veth("c0", server, "s0");
        server.veth("s1", lan, "l0");
        client.address("c0", "10.77.0.2/24");
        server.address("s0", SERVER + "/24");
        server.address("s1", "10.78.0.1/24");
        lan.address("l0", LAN_HOST + "/24");
        lan.route("default", "10.78.0.1");
        server.forwardIpv4();
        files = ServerFiles.in(folder);
    }

    @AfterEach
    void remove() throws Exception {
        for (AutoCloseable process : started.reversed()) {
            process.close();
        }
        lan.close();
        server.close();
        client.close();
    }

    @Test
    void logsInMovesPacketsBothWaysAndEndsInOrder() {
        ServerProcess serving = serve();
        ClientProcess pptp = connect("--route", "10.78.0.0/24");

        LogEvent connected = pptp.awaitConnected();
        LogEvent up = serving.awaitEvent(LogEvent.SESSION_UP, event -> true, LOG_LIMIT);
        assertThat(connected.field("server")).isEqualTo(SERVER);
        assertThat(connected.user()).isEqualTo(ServerFiles.USER);
        assertThat(connected.ip()).isEqualTo(up.ip());
        assertThat(connected.field("peer-ip")).isEqualTo(ServerFiles.LOCAL_ADDRESS);
        assertThat(connected.field("dns")).isEqualTo("10.99.0.53");
        assertThat(connected.field("auth")).isEqualTo("MS-CHAPv2");
        assertThat(connected.field("mppe")).isEqualTo("128-stateless");
        assertThat(client.devices("ppp")).containsExactly(connected.device());
        expectPings(client, LAN_HOST);
        expectPings(server, connected.ip());
        TunnelTransfer.expectEqual(client, lan, LAN_HOST, TRANSFER_OCTETS);

        pptp.terminate();

        assertThat(pptp.awaitExit(STOP_LIMIT)).isZero();
        LogEvent end = serving.awaitEvent(LogEvent.SESSION_END, event -> true, LOG_LIMIT);
        assertThat(end.reason()).isEqualTo("peer-terminated");
        assertThat(client.devices("ppp")).isEmpty();
        assertThat(client.ip("route", "show")).doesNotContain("10.78.0.0");
        awaitNoSession();
    }

    @Test
    void routesWhatTheServerTellsOfButTheServerItself() {
        files.option("dhcp-route 10.78.0.0/24 dhcp-route 10.77.0.0/24 dhcp-route 0.0.0.0/0");
        serve();
        ClientProcess pptp = connect("--accept-routes");
        pptp.awaitConnected();

        LogEvent added = pptp.awaitEvent("routes-added");
        assertThat(added.field("routes")).isEqualTo("10.78.0.0/24");
        assertThat(pptp.lines())
                .anyMatch(line -> line.contains("route=10.77.0.0/24 detail=\"the server's own"))
                .anyMatch(
                        line -> line.contains("route=0.0.0.0/0 detail=\"it is nearly everything"));
        expectPings(client, LAN_HOST);
        assertThat(client.ip("route", "get", SERVER)).contains("dev c0");

        pptp.terminate();

        assertThat(pptp.awaitExit(STOP_LIMIT)).isZero();
        assertThat(client.ip("route", "show")).doesNotContain("10.78.0.0");
    }

    @Test
    void getsTheAddressThatItAsksForWhereItsSecretPermitsThat() {
        files.option("ipcp-accept-remote").secret("chooser * secret 10.99.7.0/24 10.99.0.0/24");
        serve();
        LogEvent first = connect("--user", "chooser", "--address", "10.99.7.9").awaitConnected();
        assertThat(first.ip()).isEqualTo("10.99.7.9");
        expectPings(client, ServerFiles.LOCAL_ADDRESS);
        expectPings(server, "10.99.7.9");

        LogEvent second = connect("--user", "chooser", "--address", "10.99.7.9").awaitConnected();
        assertThat(second.ip()).as("somebody else has it").startsWith("10.99.0.");
        LogEvent third = connect("--user", "chooser", "--address", "10.99.8.1").awaitConnected();
        assertThat(third.ip()).as("nobody may have it").startsWith("10.99.0.");
    }

    @Test
    void refusesAWrongPasswordInOneSentence() {
        ServerProcess serving = serve();
        ClientProcess pptp = launch("correct-horse", "--persist");

        assertThat(pptp.awaitExit(REFUSAL_LIMIT)).isEqualTo(AUTHENTICATION);

        assertThat(pptp.lines()).last().asString().startsWith("pptp: ").contains("password");
        assertThat(pptp.lines()).noneMatch(line -> line.contains("correct-horse"));
        assertThat(serving.events(LogEvent.SESSION_UP)).isEmpty();
        serving.awaitEvent(LogEvent.LOGIN_FAILED, event -> true, LOG_LIMIT);
        awaitNoSession();
    }

    @Test
    void persistsThroughARestartOfTheServer() {
        ServerProcess first = serve();
        ClientProcess pptp = connect("--persist");
        pptp.awaitConnected();

        first.kill();
        serve();

        LogEvent again = pptp.awaitConnected(2);
        expectPings(client, again.field("peer-ip"));
        assertThat(client.devices("ppp")).containsExactly(again.device());
    }

    @Test
    void endsWithACodeOfItsOwnWhenTheServerRefusesEncryption() {
        files.withoutOption("require-mppe-128").option("nomppe");
        serve();
        ClientProcess pptp = connect();
        assertThat(pptp.awaitExit(REFUSAL_LIMIT)).as("" + pptp.lines()).isEqualTo(ENCRYPTION);
        assertThat(pptp.lines()).last().asString().contains("encryption");
    }

    @Test
    void endsWithTheSameCodeWhenTheServerRequiresIt() {
        serve();
        ClientProcess pptp = connect("--no-mppe");
        assertThat(pptp.awaitExit(REFUSAL_LIMIT)).as("" + pptp.lines()).isEqualTo(ENCRYPTION);
    }

    @Test
    void worksWithoutEncryptionWhereBothSidesWantNone() {
        files.withoutOption("require-mppe-128").option("nomppe");
        serve();
        LogEvent connected = connect("--no-mppe").awaitConnected();
        assertThat(connected.field("mppe")).isEqualTo("none");
        expectPings(client, ServerFiles.LOCAL_ADDRESS);
    }

    @Test
    void placesItsCallAsAnAccessConcentratorToo() {
        serve();
        connect("--incoming-call").awaitConnected();
        expectPings(client, ServerFiles.LOCAL_ADDRESS);
    }

    @Test
    void saysThatTheServerIsBusyAndGetsInAfterTheNextHangUp() {
        files.conf("remoteip 10.99.0.10");
        serve();
        ClientProcess first = connect();
        first.awaitConnected();

        ClientProcess second = connect();
        assertThat(second.awaitExit(REFUSAL_LIMIT)).isEqualTo(ADDRESS);
        assertThat(second.lines()).last().asString().contains("busy");

        first.terminate();
        assertThat(first.awaitExit(STOP_LIMIT)).isZero();
        awaitNoSession();
        assertThat(connect().awaitConnected().ip()).isEqualTo("10.99.0.10");
    }

    /** Both have the same far end, so that only the device says which tunnel is meant. */
    @Test
    void connectsTwiceFromOneHostToOneServer() {
        serve();
        LogEvent first = connect().awaitConnected();
        LogEvent second = connect("--interface", "second").awaitConnected();
        assertThat(second.device()).isEqualTo("second");
        assertThat(second.ip()).isNotEqualTo(first.ip());
        for (LogEvent tunnel : List.of(first, second)) {
            assertThat(
                            client.command(ping("-I", tunnel.device(), ServerFiles.LOCAL_ADDRESS))
                                    .expectSuccess())
                    .contains("50 received");
        }
    }

    @Test
    void saysThatTheLocalAddressIsNobodys() {
        ClientProcess pptp = connect("--local", "192.0.2.99");
        assertThat(pptp.awaitExit(REFUSAL_LIMIT)).isEqualTo(71);
        assertThat(pptp.lines())
                .last()
                .isEqualTo("pptp: no interface of this host has the address 192.0.2.99.");
    }

    @Test
    void saysThatNobodyListens() {
        ClientProcess pptp = connect();
        assertThat(pptp.awaitExit(REFUSAL_LIMIT)).isEqualTo(NETWORK);
        assertThat(pptp.lines()).singleElement().asString().contains("1723");
    }

    @Test
    void saysThatProtocol47IsBlocked() {
        files.option("lcp-max-configure 3");
        serve();
        client.command("nft", "add", "table", "ip", "block").expectSuccess();
        client.command("nft", "add chain ip block in { type filter hook input priority 0; }")
                .expectSuccess();
        client.command("nft", "add rule ip block in meta l4proto gre drop").expectSuccess();
        ClientProcess pptp = connect();
        assertThat(pptp.awaitExit(REFUSAL_LIMIT)).isEqualTo(NETWORK);
        assertThat(pptp.lines()).last().asString().contains("IP protocol 47 (GRE)");
    }

    @Test
    void leadsEverythingThroughTheTunnelAndBackOut() throws IOException {
        serve();
        client.route("default", SERVER);
        Path resolver = folder.resolve("resolver");
        ClientProcess pptp = connect("--default-route", "--dns", resolver.toString());
        LogEvent connected = pptp.awaitConnected();

        assertThat(client.ip("route", "get", "192.0.2.1")).contains("dev " + connected.device());
        assertThat(client.ip("route", "get", SERVER)).contains("dev c0");
        assertThat(Files.readString(resolver)).isEqualTo("# pptp\nnameserver 10.99.0.53\n");
        expectPings(client, LAN_HOST);

        pptp.terminate();

        assertThat(pptp.awaitExit(STOP_LIMIT)).isZero();
        assertThat(client.ip("route", "get", "192.0.2.1")).contains("dev c0");
        assertThat(client.ip("route", "show").lines())
                .noneMatch(line -> line.startsWith(SERVER + " "))
                .anyMatch(line -> line.startsWith("default via " + SERVER));
        assertThat(resolver).doesNotExist();
    }

    @Test
    void leavesTheRouteToTheServerThatSomebodyElseHasSet() {
        serve();
        client.ip("route", "add", SERVER + "/32", "dev", "c0");
        ClientProcess pptp = connect("--route", "10.77.0.0/16");
        pptp.awaitConnected();
        expectPings(client, ServerFiles.LOCAL_ADDRESS);
        pptp.terminate();
        assertThat(pptp.awaitExit(STOP_LIMIT)).isZero();
        assertThat(client.ip("route", "show").lines())
                .anyMatch(line -> line.startsWith(SERVER + " dev c0"));
    }

    private ServerProcess serve() {
        ServerProcess process = ServerProcess.start(server, files);
        started.add(process);
        return process;
    }

    private ClientProcess connect(String... flags) {
        return launch(ServerFiles.PASSWORD, flags);
    }

    private ClientProcess launch(String password, String... flags) {
        ClientProcess process = ClientProcess.launch(client, folder, password, SERVER, flags);
        started.add(process);
        return process;
    }

    private void awaitNoSession() {
        Poll.until(
                LOG_LIMIT,
                () -> server.devices("ppp").isEmpty(),
                () -> "no device of the server, but " + server.devices("ppp"));
    }

    private static void expectPings(Namespace from, String address) {
        assertThat(from.command(ping(address)).expectSuccess()).contains("50 received");
    }

    private static String[] ping(String... destination) {
        List<String> words = new ArrayList<>(List.of("ping", "-q", "-c", "50", "-i", "0.02"));
        words.addAll(List.of("-W", "5"));
        words.addAll(List.of(destination));
        return words.toArray(String[]::new);
    }
}
