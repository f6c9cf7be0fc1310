package dev.pptpd.emulator;

import static dev.pptpd.emulator.TestNetwork.GOOD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pptpd.emulator.Observation.ConnectionClosed;
import dev.pptpd.emulator.Observation.Direction;
import dev.pptpd.emulator.Observation.FrameSeen;
import dev.pptpd.emulator.Observation.MessageSeen;
import dev.pptpd.lab.LogEvent;
import dev.pptpd.lab.ServerFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of client logs in and leaves, alone and in a crowd. */
@Tag("alone")
final class EmulatedClientsIT {
    private static final Duration UP_LIMIT = Duration.ofSeconds(5);
    private static final Duration PING_LIMIT = Duration.ofSeconds(1);
    private static final Duration LEAVE_LIMIT = Duration.ofSeconds(5);

    /** From the SYN to the network, at the median. */
    private static final Duration UP_AT_MEDIAN = Duration.ofMillis(150);

    private static final int MEDIAN_RUNS = 20;

    @TempDir private static Path folder;

    @RegisterExtension private static final ServedNetwork network = new ServedNetwork(() -> folder);

    @AfterEach
    void awaitNothingLeftBehind() {
        await("no session device")
                .atMost(LEAVE_LIMIT)
                .until(() -> network.sessionDevices().isEmpty());
    }

    static List<ClientProfile> profiles() {
        return List.of(
                ClientProfiles.WINDOWS_10,
                ClientProfiles.WINDOWS_7,
                ClientProfiles.WINDOWS_XP,
                ClientProfiles.WINDOWS_2000,
                ClientProfiles.ANDROID,
                ClientProfiles.MACOS,
                ClientProfiles.PPTP_LINUX);
    }

    /** All but pptp-linux, which waits by itself. */
    static List<ClientProfile> promptClients() {
        return profiles().stream()
                .filter(profile -> !profile.equals(ClientProfiles.PPTP_LINUX))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void comesUpAndLeaves(ClientProfile profile) {
        List<String> earlier =
                network.server().events(LogEvent.SESSION_UP).stream()
                        .map(LogEvent::session)
                        .toList();
        try (var client = EmulatedClient.start(network.client(0), profile, GOOD)) {
            client.awaitNetworkUp(UP_LIMIT);
            client.awaitFirstEcho(PING_LIMIT);
            for (int i = 0; i < 5; i++) {
                client.expectPing(PING_LIMIT);
            }
            LogEvent up =
                    network.server()
                            .awaitEvent(
                                    LogEvent.SESSION_UP,
                                    event -> !earlier.contains(event.session()),
                                    PING_LIMIT);
            assertThat(up.user()).isEqualTo(ServerFiles.USER);
            assertThat(up.peer()).contains(TestNetwork.clientAddress(0));

            client.hangUp();
            client.awaitConnectionClosed(LEAVE_LIMIT);
            network.server()
                    .awaitEvent(
                            LogEvent.SESSION_END,
                            event -> event.session().equals(up.session()),
                            LEAVE_LIMIT);
            assertNothingWasRefusedWrongly(client.journal());
        }
    }

    private static void assertNothingWasRefusedWrongly(Journal journal) {
        assertThat(
                        journal.all(seen ->
                                seen.isPacketFromServer(PppFrame.LCP, PppPacket.CODE_REJECT)))
                .as("Identification is not answered by Code-Reject")
                .isEmpty();
        assertThat(
                        journal.all(seen ->
                                seen.isPacketFromServer(PppFrame.IPCP, PppPacket.TERMINATE_ACK)))
                .as("IPCP is answered at once")
                .isEmpty();
    }

    @Test
    void endsWithWindowsInTheCapturedOrder() {
        try (var client =
                EmulatedClient.start(network.client(0), ClientProfiles.WINDOWS_10, GOOD)) {
            client.awaitNetworkUp(UP_LIMIT);
            int mark = client.journal().size();
            client.hangUp();
            client.awaitConnectionClosed(LEAVE_LIMIT);

            var acknowledged =
                    (FrameSeen)
                            client.journal()
                                    .awaitAfter(
                                            mark,
                                            "Terminate-Ack",
                                            seen ->
                                                    seen.isPacketFromServer(
                                                            PppFrame.LCP, PppPacket.TERMINATE_ACK),
                                            PING_LIMIT);
            assertThat(acknowledged.frame().information().slice(8, 16))
                    .as("the client's own words come back")
                    .isEqualTo(Octets.ofHex("003ccd74 00000000"));
            assertThat(messagesFromServerAfter(client.journal(), mark))
                    .containsExactly(
                            PptpMessage.CALL_DISCONNECT_NOTIFY,
                            PptpMessage.STOP_CONTROL_CONNECTION_REPLY);
            assertThat(client.journal().all(ConnectionClosed.class::isInstance))
                    .containsExactly(new ConnectionClosed(Direction.SENT));
        }
    }

    @Test
    void notifiesOfTheDisconnectedCallWithItsOwnCallId() {
        try (var client = EmulatedClient.start(network.client(0), ClientProfiles.WINDOWS_7, GOOD)) {
            client.awaitNetworkUp(UP_LIMIT);
            client.act(ClientAutomaton::sendCallClearRequest);
            var notify =
                    (MessageSeen)
                            client.journal()
                                    .await(
                                            "Call-Disconnect-Notify",
                                            seen ->
                                                    seen.isMessageFromServer(
                                                            PptpMessage.CALL_DISCONNECT_NOTIFY),
                                            PING_LIMIT);
            var reply =
                    (MessageSeen)
                            client.journal()
                                    .await(
                                            "Outgoing-Call-Reply",
                                            seen ->
                                                    seen.isMessageFromServer(
                                                            PptpMessage.OUTGOING_CALL_REPLY),
                                            PING_LIMIT);
            assertThat(notify.message().octets().length()).isEqualTo(148);
            assertThat(notify.message().octets().u16(12))
                    .isEqualTo(reply.message().octets().u16(12));
        }
    }

    private static List<Integer> messagesFromServerAfter(Journal journal, int mark) {
        return journal.allAfter(mark, EmulatedClientsIT::isMessageFromServer).stream()
                .map(seen -> ((MessageSeen) seen).message().type())
                .toList();
    }

    private static boolean isMessageFromServer(Observation seen) {
        return seen instanceof MessageSeen message && message.direction() == Direction.RECEIVED;
    }

    @ParameterizedTest
    @MethodSource("promptClients")
    void isUpFastAndLosesNoFirstPacket(ClientProfile profile) {
        List<Duration> times = new ArrayList<>();
        for (int run = 0; run < MEDIAN_RUNS; run++) {
            try (var client = EmulatedClient.start(network.client(run), profile, GOOD)) {
                times.add(client.awaitNetworkUp(UP_LIMIT));
                client.awaitFirstEcho(PING_LIMIT);
            }
        }
        Duration median = times.stream().sorted().toList().get(MEDIAN_RUNS / 2);
        System.out.printf(
                "%s: network up %.1f ms after the SYN at the median%n",
                profile, median.toNanos() / 1e6);
        assertThat(median).as("median of %s", times).isLessThanOrEqualTo(UP_AT_MEDIAN);
    }

    @Test
    void understandsMessagesCutIntoSingleOctets() {
        try (var client =
                EmulatedClient.prepare(network.client(0), ClientProfiles.WINDOWS_10, GOOD, 1)) {
            client.begin().awaitNetworkUp(UP_LIMIT);
            client.awaitFirstEcho(PING_LIMIT);
        }
    }

    @Test
    void understandsTwoMessagesInOneSegment() {
        try (var connection = ControlConnection.open(network.client(0))) {
            connection.send(
                    PptpMessage.startControlConnectionRequest(ClientProfiles.WINDOWS_10.start()),
                    PptpMessage.outgoingCallRequest(ClientProfiles.WINDOWS_10.call(), 7, 1));
            connection.expect(PptpMessage.START_CONTROL_CONNECTION_REPLY);
            PptpMessage reply = connection.expect(PptpMessage.OUTGOING_CALL_REPLY);
            assertThat(reply.octets().u16(14)).as("peer call id").isEqualTo(7);
            assertThat(reply.octets().u8(16)).as("result").isEqualTo(1);
        }
    }

    @Test
    void bringsFiftyClientsUpAtOnce() {
        List<EmulatedClient> clients = new ArrayList<>();
        try {
            for (int number = 0; number < 50; number++) {
                clients.add(
                        EmulatedClient.prepare(
                                network.client(number),
                                profiles().get(number % 2),
                                GOOD,
                                Integer.MAX_VALUE));
            }
            clients.forEach(EmulatedClient::begin);
            for (EmulatedClient client : clients) {
                assertThat(client.awaitNetworkUp(UP_LIMIT)).isLessThanOrEqualTo(UP_LIMIT);
                client.awaitFirstEcho(UP_LIMIT);
            }
        } finally {
            clients.forEach(EmulatedClient::close);
        }
    }

    /** The one that got an answer came last, so that the server has both by then. */
    @Test
    void isNotDelayedBySilentConnections() {
        try (var silent = ControlConnection.open(network.client(1));
                var halfSilent = ControlConnection.open(network.client(2))) {
            halfSilent.startControlConnection();
            try (var client =
                    EmulatedClient.start(network.client(0), ClientProfiles.WINDOWS_10, GOOD)) {
                assertThat(client.awaitNetworkUp(UP_LIMIT)).isLessThan(Duration.ofSeconds(1));
            }
            assertThat(silent.closedWithin(Duration.ZERO)).isFalse();
        }
    }

    @Test
    void endsTheSessionWithinASecondOfTheConnection() {
        try (var client = EmulatedClient.start(network.client(0), ClientProfiles.ANDROID, GOOD)) {
            client.awaitFirstEcho(UP_LIMIT);
            assertThat(network.sessionDevices()).hasSize(1);
            client.hangUp();
            client.awaitConnectionClosed(PING_LIMIT);
            await().atMost(Duration.ofSeconds(1))
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> network.sessionDevices().isEmpty());
        }
    }

    @Test
    void answersStopControlConnectionAndEndsTheSession() {
        try (var client = EmulatedClient.start(network.client(0), ClientProfiles.WINDOWS_7, GOOD)) {
            client.awaitFirstEcho(UP_LIMIT);
            client.injectControl(PptpMessage.stopControlConnectionRequest(1));
            client.journal()
                    .await(
                            "Stop-Control-Connection-Reply",
                            seen ->
                                    seen.isMessageFromServer(
                                            PptpMessage.STOP_CONTROL_CONNECTION_REPLY),
                            PING_LIMIT);
        }
    }
}
