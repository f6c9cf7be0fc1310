package dev.pptpd.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.impair.Impairment;
import dev.pptpd.impair.LossyForwarder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every mode of MPPE that Linux has, between the kernel of a guest and the built server, which has
 * a mode for each of its users.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class MppeModesIT {
    private static final Duration UP_LIMIT = Duration.ofSeconds(10);
    private static final Duration TRANSFER_LIMIT = Duration.ofMinutes(2);
    private static final int TRANSFER_BYTES = 1_250_000;

    /** More than 256 each way, so that the key of stateful mode changes. */
    private static final int ECHOES = 300;

    private static final Impairment LOSS =
            new Impairment(0.01, 0, 0, Duration.ofMillis(1), Duration.ofMillis(2), 1);

    @TempDir private static Path folder;

    private static LossyNetwork network;
    private static ServerProcess server;
    private static Guest guest;

    @BeforeAll
    static void startServerAndGuest() {
        network = new LossyNetwork();
        ServerFiles files =
                ServerFiles.in(folder)
                        .secret("weak * secret * -- require-mppe-40 nomppe-128")
                        .secret("state * secret * -- mppe required,no40,no56,stateful")
                        .secret(
                                "weakstate * secret *"
                                        + " -- require-mppe-40 nomppe-128 mppe required,stateful")
                        .secret("clear * secret * -- nomppe");
        server = ServerProcess.start(network.server(), files);
        guest = network.guest(folder);
    }

    @AfterAll
    static void stop() {
        guest.close();
        server.close();
        network.close();
    }

    @ParameterizedTest
    @CsvSource({
        "vpn, MPPE_128, 128-stateless, MPPE 128-bit stateless compression enabled",
        "weak, MPPE_40, 40-stateless, MPPE 40-bit stateless compression enabled",
        "state, STATEFUL_128, 128-stateful, MPPE 128-bit stateful compression enabled",
        "weakstate, STATEFUL_40, 40-stateful, MPPE 40-bit stateful compression enabled",
        "clear, NONE, none, local  IP address"
    })
    void carriesEveryPacketInTheModeOfTheUser(
            String user, PppdEncryption encryption, String mode, String pppd) {
        PptpLinuxClient client = connect(user, encryption, mode);
        assertThat(client.log()).contains(pppd);

        LossyNetwork.Echoes echoes = network.ping(guest, ECHOES);

        assertThat(echoes.arrived()).isEqualTo(ECHOES);
        assertThat(echoes.replies()).isEqualTo(ECHOES);
        client.hangUp();
    }

    /** Linux asks for a flush by a Reset-Request and takes it after a Reset-Ack; so do we. */
    @Test
    void losesStepInStatefulModeAndFindsItAgain() {
        PptpLinuxClient client = connect("state", PppdEncryption.STATEFUL_128, "128-stateful");
        try (LossyForwarder toServer = network.impairToServer(LOSS);
                LossyForwarder toClient = network.impairToClient(LOSS);
                Transfer transfer =
                        Transfer.start(
                                network.lan(),
                                LossyNetwork.LAN_HOST,
                                TRANSFER_BYTES,
                                TRANSFER_LIMIT)) {
            Transfer.Digests down = transfer.download(guest);
            Transfer.Digests up = transfer.upload(guest);

            assertThat(down.received()).isEqualTo(down.sent());
            assertThat(up.received()).isEqualTo(up.sent());
            System.out.println(
                    "stateful: to server "
                            + toServer.counters()
                            + ", to client "
                            + toClient.counters());
        }
        String log = client.log();
        long asked = log.lines().filter(line -> line.contains("sent [CCP ResetReq")).count();
        long answered = log.lines().filter(line -> line.contains("sent [CCP ResetAck")).count();
        System.out.println(
                "stateful: resets of the guest " + asked + ", of the server " + answered);
        assertThat(asked).isPositive();
        assertThat(answered).isPositive();
        assertThat(server.events(LogEvent.SESSION_END)).noneMatch(this::isAboutEncryption);
        client.hangUp();
    }

    private boolean isAboutEncryption(LogEvent end) {
        return end.fields().toString().contains("encryption-failed");
    }

    private static PptpLinuxClient connect(String user, PppdEncryption encryption, String mode) {
        int before = server.events(LogEvent.SESSION_UP).size();
        var client = new PptpLinuxClient(guest, LossyNetwork.SERVER, encryption);
        client.connect(user, ServerFiles.PASSWORD);
        client.route(LossyNetwork.LAN);
        LogEvent up =
                server.awaitEvent(
                        LogEvent.SESSION_UP,
                        event ->
                                event.user().equals(user)
                                        && server.events(LogEvent.SESSION_UP).size() > before,
                        UP_LIMIT);
        assertThat(up.field("mppe")).isEqualTo(mode);
        return client;
    }
}
