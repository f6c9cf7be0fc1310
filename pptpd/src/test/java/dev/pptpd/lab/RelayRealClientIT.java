package dev.pptpd.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.emulator.ClientProfiles;
import dev.pptpd.emulator.Credentials;
import dev.pptpd.emulator.EmulatedClient;
import dev.pptpd.emulator.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * pptp-linux and pppd in two guests, and two emulated clients beside them, through {@code pptpd
 * --relay} with no help of the gateway's kernel, in the network that {@link RelayNetwork} draws.
 */
@Timeout(value = 14, unit = TimeUnit.MINUTES)
final class RelayRealClientIT {
    private static final int TRANSFER_BYTES = 5_000_000;
    private static final Duration UP_LIMIT = Duration.ofSeconds(20);
    private static final Duration PING_LIMIT = Duration.ofSeconds(30);
    private static final Credentials GOOD = new Credentials(ServerFiles.USER, ServerFiles.PASSWORD);
    private static final String PINGS = "ping -q -c 100 -i 0.02 -W 5 " + ServerFiles.LOCAL_ADDRESS;

    @TempDir private Path folder;

    @Test
    void mixesNoPacketUpWhileTwoRealClientsComeAndGoAndTwoOthersStay() throws IOException {
        ServerFiles files = ServerFiles.in(Files.createDirectory(folder.resolve("server")));
        try (var network = new RelayNetwork();
                var firstGuest = network.guest("t1", "10.77.0.101", folder);
                var secondGuest = network.guest("t2", "10.77.0.102", folder)) {
            KnownClient first = known(101, firstGuest);
            KnownClient second = known(102, secondGuest);
            files.secret(first.secretsLine()).secret(second.secretsLine());
            try (var server = ServerProcess.start(network.server(), files);
                    var relay = network.relay(folder);
                    var windows = emulated(network, 0);
                    var other = emulated(network, 1)) {
                network.expectNoHelpOfTheKernel();

                int redials =
                        new ComingAndGoing(network.server(), first, second).expectNothingMixedUp();

                // The two that came and went are up, and those that stayed were not disturbed.
                assertThat(server.events(LogEvent.SESSION_END)).hasSize(redials);
                expectPings(firstGuest, secondGuest);
                windows.expectPing(PING_LIMIT);
                other.expectPing(PING_LIMIT);
                expectTransfers(network, firstGuest, secondGuest);
                assertThat(relay.events("relay-up")).hasSize(4 + redials);
                assertThat(relay.lines()).noneMatch(line -> line.contains("ERROR"));
            }
        }
    }

    private static KnownClient known(int number, Guest guest) {
        return KnownClient.of(number, guest, RelayNetwork.GATEWAY, RelayNetwork.GATEWAY);
    }

    private static EmulatedClient emulated(RelayNetwork network, int number) {
        EmulatedClient client =
                EmulatedClient.start(
                        Place.of(
                                network.clients().name(),
                                RelayNetwork.clientAddress(number),
                                RelayNetwork.GATEWAY),
                        ClientProfiles.WINDOWS_XP,
                        GOOD);
        try {
            client.awaitFirstEcho(UP_LIMIT);
            return client;
        } catch (AssertionError e) {
            client.close();
            throw e;
        }
    }

    private static void expectPings(Guest first, Guest second) {
        Guest.Running pings = second.start(PINGS);
        assertThat(first.expectSuccess(PINGS)).contains("100 received");
        CommandResult result = pings.await(PING_LIMIT);
        assertThat(result.output()).contains("100 received");
    }

    private static void expectTransfers(RelayNetwork network, Guest first, Guest second) {
        try (Transfer transfer =
                Transfer.start(network.server(), ServerFiles.LOCAL_ADDRESS, TRANSFER_BYTES)) {
            transfer.expectEqualAtOnce(first, second);
            transfer.expectEqualAtOnce(second, first);
        }
    }
}
