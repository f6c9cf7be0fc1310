package dev.pptpd.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.lab.LogEvent;
import dev.pptpd.lab.Namespace;
import dev.pptpd.lab.NatGateway;
import dev.pptpd.lab.NatGateway.Side;
import dev.pptpd.lab.ServerFiles;
import dev.pptpd.lab.ServerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients that all call their call 0, as Windows 2000, Windows XP and pptp-linux do: the server
 * keeps them apart by its own call ids.
 *
 * <pre>
 *   192.168.7.21 to .26 --- in0 .1 [gateway] out0 203.0.113.1 --- eth0 203.0.113.2 [server]
 *                                                  [others] 203.0.113.31 to .36 ---/
 * </pre>
 */
final class CallIdZeroIT {
    private static final String SERVER = Side.OUTSIDE.address(2);
    private static final Duration UP_LIMIT = Duration.ofSeconds(20);
    private static final Duration PING_LIMIT = Duration.ofSeconds(5);
    private static final int PINGS = 20;

    private static final List<ClientProfile> PROFILES =
            List.of(
                    ClientProfiles.WINDOWS_2000,
                    ClientProfiles.WINDOWS_XP,
                    ClientProfiles.PPTP_LINUX);

    private static final int[] HIDDEN = {21, 22, 23, 24, 25, 26};
    private static final int[] OTHERS = {31, 32, 33, 34, 35, 36};

    @TempDir private Path folder;

    @Test
    void carriesManyFromOneAddressAndManyFromOthersAtOnce() {
        try (var gateway = new NatGateway()) {
            gateway.follow("helper.nft", "masquerade.nft");
            Namespace hidden = gateway.host(Side.INSIDE, HIDDEN);
            Namespace others = gateway.host(Side.OUTSIDE, OTHERS);
            Namespace host = gateway.host(Side.OUTSIDE, 2);
            try (var server = ServerProcess.start(host, ServerFiles.in(folder))) {
                List<Place> places = new ArrayList<>();
                for (int number = 0; number < HIDDEN.length; number++) {
                    places.add(place(hidden, Side.INSIDE, HIDDEN[number]));
                    places.add(place(others, Side.OUTSIDE, OTHERS[number]));
                }
                expectAllToPing(places);
                assertThat(server.events(LogEvent.SESSION_UP))
                        .extracting(LogEvent::peer)
                        .containsExactlyInAnyOrderElementsOf(peers());
            }
        }
    }

    private static List<String> peers() {
        IntFunction<String> address = Side.OUTSIDE::address;
        return IntStream.concat(IntStream.of(OTHERS), IntStream.of(1, 1, 1, 1, 1, 1))
                .mapToObj(address)
                .toList();
    }

    private static Place place(Namespace namespace, Side side, int number) {
        return Place.of(namespace.name(), side.address(number), SERVER);
    }

    private static void expectAllToPing(List<Place> places) {
        List<EmulatedClient> clients = new ArrayList<>();
        try {
            for (Place place : places) {
                ClientProfile profile = PROFILES.get(clients.size() % PROFILES.size());
                clients.add(EmulatedClient.start(place, profile, TestNetwork.GOOD));
            }
            clients.forEach(client -> client.awaitFirstEcho(UP_LIMIT));
            for (int ping = 0; ping < PINGS; ping++) {
                clients.forEach(client -> client.expectPing(PING_LIMIT));
            }
        } finally {
            clients.forEach(EmulatedClient::close);
        }
    }
}
