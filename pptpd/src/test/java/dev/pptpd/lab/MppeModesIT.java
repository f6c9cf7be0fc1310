package dev.pptpd.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.impair.Impairment;
import dev.pptpd.impair.LossyForwarder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

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

    /**
     * pppd waits five seconds for pptp to end and tells it to then. It never ends by itself, so
     * that nothing is missed by telling it after one.
     */
    private static final String IMPATIENT = "child-timeout 1";

    private static final int GUESTS = 2;

    private static final List<Mode> MODES =
            List.of(
                    new Mode(
                            "vpn",
                            PppdEncryption.MPPE_128,
                            "128-stateless",
                            "MPPE 128-bit stateless compression enabled"),
                    new Mode(
                            "weak",
                            PppdEncryption.MPPE_40,
                            "40-stateless",
                            "MPPE 40-bit stateless compression enabled"),
                    new Mode(
                            "state",
                            PppdEncryption.STATEFUL_128,
                            "128-stateful",
                            "MPPE 128-bit stateful compression enabled"),
                    new Mode(
                            "weakstate",
                            PppdEncryption.STATEFUL_40,
                            "40-stateful",
                            "MPPE 40-bit stateful compression enabled"),
                    new Mode("clear", PppdEncryption.NONE, "none", "local  IP address"));

    /**
     * A mode of a user.
     *
     * @param server what the server calls it in its log
     * @param pppd what pppd says of it
     */
    private record Mode(String user, PppdEncryption encryption, String server, String pppd) {}

    @TempDir private static Path folder;

    private static LossyNetwork network;
    private static ServerProcess server;
    private static List<Guest> guests;

    @BeforeAll
    static void startServerAndGuests() {
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
        guests = network.guests(GUESTS, folder);
    }

    @AfterAll
    static void stop() {
        guests.forEach(Guest::close);
        server.close();
        network.close();
    }

    /** One after another in each guest, whichever is free. */
    @Test
    void carriesEveryPacketInTheModeOfTheUser() {
        Queue<Mode> left = new ConcurrentLinkedQueue<>(MODES);
        CompletableFuture.allOf(
                        guests.stream()
                                .map(guest -> CompletableFuture.runAsync(() -> carry(guest, left)))
                                .toArray(CompletableFuture[]::new))
                .join();
        assertThat(left).isEmpty();
    }

    private static void carry(Guest guest, Queue<Mode> left) {
        for (Mode mode = left.poll(); mode != null; mode = left.poll()) {
            PptpLinuxClient client = connect(guest, mode);
            assertThat(client.log()).as(mode.user()).contains(mode.pppd());
            LossyNetwork.Echoes echoes = ping(guest);
            assertThat(echoes.arrived()).as(mode.user()).isEqualTo(ECHOES);
            assertThat(echoes.replies()).as(mode.user()).isEqualTo(ECHOES);
            client.hangUp();
        }
    }

    /** The host behind the server counts the requests of all clients. */
    private static synchronized LossyNetwork.Echoes ping(Guest guest) {
        return network.ping(guest, ECHOES);
    }

    /** Linux asks for a flush by a Reset-Request and takes it after a Reset-Ack; so do we. */
    @Test
    void losesStepInStatefulModeAndFindsItAgain() {
        Guest guest = guests.getFirst();
        PptpLinuxClient client = connect(guest, MODES.get(2));
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

    private static PptpLinuxClient connect(Guest guest, Mode mode) {
        long before = ups(mode.user());
        var client = new PptpLinuxClient(guest, LossyNetwork.SERVER, mode.encryption(), IMPATIENT);
        client.connect(mode.user(), ServerFiles.PASSWORD);
        client.route(LossyNetwork.LAN);
        LogEvent up =
                server.awaitEvent(
                        LogEvent.SESSION_UP,
                        event -> event.user().equals(mode.user()) && ups(mode.user()) > before,
                        UP_LIMIT);
        assertThat(up.field("mppe")).isEqualTo(mode.server());
        return client;
    }

    private static long ups(String user) {
        return server.events(LogEvent.SESSION_UP).stream()
                .filter(event -> event.user().equals(user))
                .count();
    }
}
