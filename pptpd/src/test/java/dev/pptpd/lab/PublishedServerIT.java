package dev.pptpd.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.lab.NatGateway.Side;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The server behind a gateway that forwards TCP 1723 and IP protocol 47 to it.
 *
 * <pre>
 *  [server] eth0 192.168.7.2 --- in0 192.168.7.1 [gateway] out0 203.0.113.1 --- guest 203.0.113.11
 * </pre>
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class PublishedServerIT {
    private static final String CLIENT = Side.OUTSIDE.address(11);
    private static final String GATEWAY = Side.OUTSIDE.address(1);
    private static final int TRANSFER_BYTES = 5_000_000;
    private static final Duration LOG_LIMIT = Duration.ofSeconds(10);

    @TempDir private static Path folder;

    private static NatGateway gateway;
    private static Namespace serverHost;
    private static ServerProcess server;
    private static Guest guest;

    @BeforeAll
    static void buildTopology() {
        gateway = new NatGateway();
        guest = gateway.guest(Side.OUTSIDE, 11, folder);
        serverHost = gateway.host(Side.INSIDE, 2);
        server = ServerProcess.start(serverHost, ServerFiles.in(folder));
        guest.awaitReady();
    }

    @AfterAll
    static void removeTopology() {
        if (guest != null) {
            guest.close();
        }
        if (server != null) {
            server.close();
        }
        if (gateway != null) {
            gateway.close();
        }
    }

    static List<List<String>> rules() {
        return List.of(
                List.of("published.nft"),
                List.of("helper.nft", "published.nft"),
                List.of("published.iptables"));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void servesAClientThroughTheGateway(List<String> rules) {
        gateway.follow(rules.toArray(String[]::new));
        int earlier = server.events(LogEvent.SESSION_UP).size();
        PptpLinuxClient client = new PptpLinuxClient(guest, GATEWAY);
        try (Transfer transfer = Transfer.start(serverHost, "10.99.0.1", TRANSFER_BYTES)) {
            client.connect(ServerFiles.USER, ServerFiles.PASSWORD);
            LogEvent up = server.events(LogEvent.SESSION_UP).get(earlier);
            assertThat(up.peer()).isEqualTo(CLIENT);
            assertThat(guest.expectSuccess(ping(ServerFiles.LOCAL_ADDRESS)))
                    .contains("50 received");
            assertThat(serverHost.command(ping(up.ip()).split(" ")).expectSuccess())
                    .contains("50 received");
            expectEqual(transfer.download(guest));
            expectEqual(transfer.upload(guest));
            client.hangUp();
            server.awaitEvent(
                    LogEvent.SESSION_END, event -> event.session().equals(up.session()), LOG_LIMIT);
        } finally {
            client.reset();
        }
    }

    private static String ping(String address) {
        return "ping -q -c 50 -i 0.02 -W 5 " + address;
    }

    private static void expectEqual(Transfer.Digests digests) {
        assertThat(digests.received()).isEqualTo(digests.sent());
    }
}
