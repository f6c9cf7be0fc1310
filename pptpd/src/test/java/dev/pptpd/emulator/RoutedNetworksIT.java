package dev.pptpd.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pptpd.emulator.Observation.Direction;
import dev.pptpd.emulator.Observation.PacketSeen;
import dev.pptpd.lab.LogEvent;
import dev.pptpd.lab.ServerFiles;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A client that stands for a site: what lies behind it is routed to it and may come out of its
 * tunnel, and nothing else may.
 */
final class RoutedNetworksIT {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Credentials SITE = new Credentials("site", "secret");
    private static final int SERVER = address(ServerFiles.LOCAL_ADDRESS);
    private static final int ECHO_IDENTIFIER = 0x7171;

    @TempDir private static Path folder;

    @RegisterExtension
    private static final ServedNetwork network =
            new ServedNetwork(
                    () -> folder,
                    files ->
                            files.secret("site * secret * -- route 10.2.0.0/16 route 10.3.7.0/24"));

    private final AtomicInteger sequence = new AtomicInteger();

    @AfterEach
    void awaitNothingLeftBehind() {
        await("no session device").atMost(LIMIT).until(() -> network.sessionDevices().isEmpty());
    }

    @Test
    void reachesTheNetworksBehindAClient() {
        try (var client = EmulatedClient.start(network.client(0), ClientProfiles.WINDOWS_7, SITE)) {
            client.awaitFirstEcho(LIMIT);
            LogEvent up = lastUp("10.2.0.0/16,10.3.7.0/24");
            assertThat(route("10.2.0.0/16")).contains("dev " + up.device());
            assertThat(route("10.3.7.0/24")).contains("dev " + up.device());

            expectAnswer(client, "10.2.200.7");
            expectAnswer(client, "10.3.7.1");
            leave(client);
        }
        await("the end of the device")
                .atMost(LIMIT)
                .until(() -> network.sessionDevices().isEmpty());
        assertThat(route("10.2.0.0/16")).as("gone with its device").isEmpty();
    }

    @Test
    void letsNoOtherSourceOutOfTheTunnel_A37() {
        try (var client = EmulatedClient.start(network.client(0), ClientProfiles.WINDOWS_7, SITE)) {
            client.awaitFirstEcho(LIMIT);
            LogEvent up = lastUp("10.2.0.0/16,10.3.7.0/24");
            // An answer would find its way: it is the request that must not pass.
            network.namespace().ip("route", "add", "10.9.0.0/16", "dev", up.device());

            sendEcho(client, "10.9.0.7");
            sendEcho(client, "10.3.8.1");
            client.expectPing(LIMIT);
            expectAnswer(client, "10.2.0.7");
            assertThat(answers(client, "10.9.0.7")).isZero();
            assertThat(answers(client, "10.3.8.1")).isZero();
            leave(client);
        }
    }

    @Test
    void leavesARouteToTheSessionThatHasIt() {
        try (var first = EmulatedClient.start(network.client(0), ClientProfiles.WINDOWS_7, SITE)) {
            first.awaitFirstEcho(LIMIT);
            String device = lastUp("10.2.0.0/16,10.3.7.0/24").device();
            try (var second =
                    EmulatedClient.start(network.client(1), ClientProfiles.WINDOWS_7, SITE)) {
                second.awaitFirstEcho(LIMIT);
                LogEvent up = lastUp("");
                assertThat(up.peer()).contains(TestNetwork.clientAddress(1));
                for (String refused : new String[] {"10.2.0.0/16", "10.3.7.0/24"}) {
                    network.server()
                            .awaitEvent(
                                    "route-not-added",
                                    event ->
                                            event.session().equals(up.session())
                                                    && event.field("route").equals(refused)
                                                    && !event.field("detail").isEmpty(),
                                    LIMIT);
                }
                assertThat(route("10.2.0.0/16")).contains("dev " + device);

                sendEcho(second, "10.2.0.8");
                second.expectPing(LIMIT);
                expectAnswer(first, "10.2.0.7");
                assertThat(answers(first, "10.2.0.8")).isZero();
                assertThat(answers(second, "10.2.0.8")).isZero();
                leave(second);
            }
            assertThat(route("10.2.0.0/16")).contains("dev " + device);
            leave(first);
        }
    }

    @Test
    void tellsNoRoutesOfAnOrdinaryUser() {
        try (var client =
                EmulatedClient.start(
                        network.client(2), ClientProfiles.WINDOWS_7, TestNetwork.GOOD)) {
            client.awaitFirstEcho(LIMIT);
            LogEvent up =
                    network.server()
                            .awaitEvent(
                                    LogEvent.SESSION_UP,
                                    event -> event.user().equals(ServerFiles.USER),
                                    LIMIT);
            assertThat(up.fields()).doesNotContainKey("routes");
            leave(client);
        }
    }

    /** The session that came up last, once one with these routes has. */
    private static LogEvent lastUp(String routes) {
        await("a session with routes=" + routes)
                .atMost(LIMIT)
                .until(() ->
                        network.server().events(LogEvent.SESSION_UP).stream()
                                .anyMatch(event ->
                                        network.sessionDevices().contains(event.device())
                                                && event.field("routes").equals(routes)));
        return network.server().events(LogEvent.SESSION_UP).getLast();
    }

    private void expectAnswer(EmulatedClient client, String source) {
        sendEcho(client, source);
        client.journal().await("an answer to " + source, seen -> isAnswer(seen, source), LIMIT);
    }

    private void sendEcho(EmulatedClient client, String source) {
        var echo =
                new IcmpEcho(
                        true, ECHO_IDENTIFIER, sequence.incrementAndGet(), Octets.of(new byte[8]));
        Ipv4Packet packet = echo.between(address(source), SERVER);
        client.act(automaton -> automaton.link().network().data().send(packet));
    }

    private static int answers(EmulatedClient client, String source) {
        return client.journal().count(seen -> isAnswer(seen, source));
    }

    private static boolean isAnswer(Observation seen, String source) {
        return seen instanceof PacketSeen packet
                && packet.direction() == Direction.RECEIVED
                && packet.packet().destination() == address(source);
    }

    private static String route(String destination) {
        return network.namespace().ip("route", "show", destination).strip();
    }

    private static void leave(EmulatedClient client) {
        client.hangUp();
        client.awaitConnectionClosed(LIMIT);
    }

    private static int address(String text) {
        return Ipv4Address.parse(text).orElseThrow().value();
    }
}
