package dev.pptpd.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.lab.LogEvent;
import dev.pptpd.lab.ServerFiles;
import dev.pptpd.lab.ServerProcess;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * ATTACKS F03: the control connection is fine, but GRE does not arrive, or not as it was sent. One
 * line says which.
 */
@SuppressWarnings("NullAway.Init") // by @BeforeAll and @BeforeEach
final class BlockedGreIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** A client that no test dials from. */
    private static final int STRANGER = 50;

    private static final Octets LCP_CONFIGURE_REQUEST =
            Octets.ofHex("ff03c021 0101000a 05061a2b3c4d");

    @TempDir private static Path folder;

    private static TestNetwork network;
    private static ServerProcess server;
    private static int nextClient;

    private ControlConnection connection;
    private int client;
    private int callId;

    @BeforeAll
    static void start() {
        network = new TestNetwork();
        // 9 s: the packets of a test come while the server still waits.
        ServerFiles files = ServerFiles.in(folder).option("lcp-max-configure 4");
        server = ServerProcess.start(network.server(), files);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
        network.close();
    }

    /** A client of its own for each test, by whose address the log is read. */
    @BeforeEach
    void chooseClient() {
        client = nextClient++;
    }

    @AfterEach
    void hangUp() {
        connection.close();
    }

    @Test
    void tellsTheOperatorThatProtocol47IsBlocked() {
        call();

        assertThat(diagnosis())
                .isEqualTo(
                        "no PPP frame from the peer and no GRE at all from its address;"
                                + " is IP protocol 47 (GRE) blocked?");
        PptpMessage notify = connection.expect(PptpMessage.CALL_DISCONNECT_NOTIFY);
        assertThat(notify.octets().u8(14)).as("result: lost carrier").isEqualTo(1);
    }

    @Test
    void tellsThatTheCallIdWasRewritten() {
        call();
        int other = callId ^ 0x4000;
        GreProbe.send(network.client(client), other, LCP_CONFIGURE_REQUEST, 3);

        assertThat(diagnosis())
                .contains("3 GRE packets from its address with call id " + other)
                .contains("half a PPTP helper");
    }

    @Test
    void tellsThatGreComesFromAnotherAddress() {
        call();
        GreProbe.send(network.client(STRANGER), callId, LCP_CONFIGURE_REQUEST, 1);

        assertThat(diagnosis())
                .contains(
                        "1 GRE packet with its call id from "
                                + TestNetwork.clientAddress(STRANGER));
    }

    @Test
    void tellsThatOurPacketsDoNotReachThePeer() {
        call();
        GreProbe.send(network.client(client), callId, LCP_CONFIGURE_REQUEST, 3);

        assertThat(diagnosis()).contains("the peer sends, but our GRE does not reach it;");
    }

    @Test
    void namesTheSessionThatGetsThroughInstead() {
        try (var sibling =
                EmulatedClient.start(
                        network.client(client), ClientProfiles.WINDOWS_10, TestNetwork.GOOD)) {
            sibling.awaitNetworkUp(LIMIT);
            LogEvent up = server.awaitEvent(LogEvent.SESSION_UP, this::isOurs, LIMIT);
            call();

            assertThat(diagnosis())
                    .contains("GRE from its address belongs to session " + up.session())
                    .contains("PPTP helper, or pptpd --relay");
        }
    }

    private void call() {
        connection = ControlConnection.open(network.client(client));
        connection.startControlConnection();
        connection.send(PptpMessage.outgoingCallRequest(ClientProfiles.WINDOWS_10.call(), 7, 1));
        callId = connection.expect(PptpMessage.OUTGOING_CALL_REPLY).octets().u16(12);
    }

    private String diagnosis() {
        LogEvent end = server.awaitEvent(LogEvent.SESSION_END, this::isOurs, LIMIT);
        assertThat(end.reason()).isEqualTo("no-answer");
        return end.field("detail");
    }

    private boolean isOurs(LogEvent event) {
        return event.peer().equals(TestNetwork.clientAddress(client));
    }
}
