package dev.pptpd.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.lab.NatGateway.Side;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients behind a gateway that gives all of them its own address. Both of them use call id 0.
 *
 * <pre>
 *  guest 192.168.7.11 \                                      203.0.113.0/24
 *                      in0 192.168.7.1 [gateway] out0 .1 --- eth0 .2 [server]
 *  guest 192.168.7.12 /                                      tunnels: 10.99.0.1 - 10.99.1.11, .12
 * </pre>
 */
@Timeout(value = 14, unit = TimeUnit.MINUTES)
final class MasqueradeIT {
    private static final String SERVER = Side.OUTSIDE.address(2);
    private static final String GATEWAY = Side.OUTSIDE.address(1);
    private static final int TRANSFER_BYTES = 5_000_000;

    private static final Duration LOG_LIMIT = Duration.ofSeconds(10);
    private static final Duration PING_LIMIT = Duration.ofSeconds(60);

    /** Five requests take 7.5 s, in which pptp-linux begins to send. */
    private static final Duration GIVE_UP_LIMIT = Duration.ofSeconds(30);

    @TempDir private static Path folder;

    private static NatGateway gateway;
    private static Namespace serverHost;
    private static ServerProcess server;
    private static KnownClient first;
    private static KnownClient second;

    private final Set<LogEvent> before = new HashSet<>();

    @BeforeAll
    static void buildTopology() {
        gateway = new NatGateway();
        first = boot(11);
        second = boot(12);
        serverHost = gateway.host(Side.OUTSIDE, 2);
        ServerFiles files = ServerFiles.in(folder).option("lcp-max-configure 5");
        files.secret(first.secretsLine()).secret(second.secretsLine());
        server = ServerProcess.start(serverHost, files);
        NatGateway.showWayOut(first.guest());
        NatGateway.showWayOut(second.guest());
    }

    private static KnownClient boot(int number) {
        Guest guest = gateway.guest(Side.INSIDE, number, folder);
        return KnownClient.of(number, guest, SERVER, Side.INSIDE.address(1));
    }

    @AfterAll
    static void removeTopology() {
        if (first != null) {
            first.guest().close();
        }
        if (second != null) {
            second.guest().close();
        }
        if (server != null) {
            server.close();
        }
        if (gateway != null) {
            gateway.close();
        }
    }

    @BeforeEach
    void lookAtTheLog() {
        before.addAll(server.events(LogEvent.SESSION_END));
    }

    @AfterEach
    void hangUpForcibly() {
        first.pptp().reset();
        second.pptp().reset();
        Poll.until(
                LOG_LIMIT,
                () -> serverHost.devices("ppp").isEmpty(),
                () -> "no session: " + String.join("\n", server.lines()));
    }

    @Test
    void carriesTwoClientsAtOnceWithTheHelper() {
        gateway.follow("helper.nft", "masquerade.nft");
        connectBoth();

        assertThat(ups()).extracting(LogEvent::peer).containsOnly(GATEWAY);
        expectPings();
        try (Transfer transfer = Transfer.start(serverHost, "10.99.0.1", TRANSFER_BYTES)) {
            transfer.expectEqualAtOnce(first.guest(), second.guest());
            transfer.expectEqualAtOnce(second.guest(), first.guest());
        }
    }

    @Test
    void carriesTwoClientsAtOnceByTheRulesForIptables() {
        gateway.follow("masquerade.iptables");
        connectBoth();
        expectPings();
    }

    @Test
    void mixesNoPacketUpWhileClientsComeAndGo() {
        gateway.follow("helper.nft", "masquerade.nft");
        new ComingAndGoing(serverHost, first, second).expectNothingMixedUp();
    }

    @Test
    void carriesOneClientWithoutTheHelperAndSaysWhatASecondOneLacks() {
        gateway.follow("masquerade.nft", "one-client.nft");
        first.connect();
        expectPing(first);
        String session = upOf(first).session();

        second.startDialling();

        assertThat(failure().field("detail"))
                .contains("our GRE does not reach it, rather session " + session)
                .contains("PPTP helper, or pptpd --relay");
        expectPing(first);
    }

    @Test
    void saysWhatASingleClientLacksWithoutTheHelper() {
        gateway.follow("masquerade.nft");

        first.startDialling();

        assertThat(failure().field("detail"))
                .contains("our GRE does not reach it; its gateway needs the PPTP helper");
    }

    private static void connectBoth() {
        KnownClient.connectBoth(first, second);
    }

    private static void expectPings() {
        Guest.Running pings = second.guest().start(ping(ServerFiles.LOCAL_ADDRESS));
        expectPing(first);
        assertThat(pings.await(PING_LIMIT).output()).contains("50 received");
        expectPing(second);
    }

    private static void expectPing(KnownClient client) {
        assertThat(client.guest().expectSuccess(ping(ServerFiles.LOCAL_ADDRESS)))
                .contains("50 received");
        assertThat(serverHost.command(ping(client.address()).split(" ")).expectSuccess())
                .contains("50 received");
    }

    private static String ping(String address) {
        return "ping -q -c 50 -i 0.02 -W 5 " + address;
    }

    private static List<LogEvent> ups() {
        return server.events(LogEvent.SESSION_UP);
    }

    private static LogEvent upOf(KnownClient client) {
        return server.awaitEvent(
                LogEvent.SESSION_UP,
                event -> event.user().equals(client.user()) && isOpen(event.session()),
                LOG_LIMIT);
    }

    private static boolean isOpen(String session) {
        return server.events(LogEvent.SESSION_END).stream()
                .noneMatch(end -> end.session().equals(session));
    }

    /** The end of a session that the server has given up since the test began. */
    private LogEvent failure() {
        return server.awaitEvent(
                LogEvent.SESSION_END,
                event -> event.reason().equals("no-answer") && !before.contains(event),
                GIVE_UP_LIMIT);
    }
}
