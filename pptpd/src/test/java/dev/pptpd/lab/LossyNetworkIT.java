package dev.pptpd.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.impair.Impairment;
import dev.pptpd.impair.LossyForwarder;
import dev.pptpd.impair.PathCounters;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One session through a line that loses, duplicates, reorders and delays its packets. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
final class LossyNetworkIT {
    /** Set for the ten minutes that a release must hold; otherwise it is two. */
    private static final boolean LONG = Boolean.getBoolean("lab.long");

    private static final Duration SESSION = LONG ? Duration.ofMinutes(10) : Duration.ofMinutes(2);
    private static final int TRANSFER_BYTES = 20_000_000;
    private static final Duration TRANSFER_LIMIT = Duration.ofMinutes(5);
    private static final int ECHOES = 6000;

    /** What the tunnel may lose on top of its path: what comes too late to be put in order. */
    private static final double OWN_LOSS = 0.01;

    @TempDir private Path folder;

    @Test
    void carriesAFileAndLosesLittleMoreThanItsPathF26() {
        try (LossyNetwork network = new LossyNetwork();
                ServerProcess server =
                        ServerProcess.start(network.server(), ServerFiles.in(folder));
                Guest guest = network.guest(folder);
                LossyForwarder toServer = network.impairToServer(Impairment.BAD_LINE);
                LossyForwarder toClient = network.impairToClient(Impairment.BAD_LINE);
                Transfer transfer =
                        Transfer.start(
                                network.lan(),
                                LossyNetwork.LAN_HOST,
                                TRANSFER_BYTES,
                                TRANSFER_LIMIT)) {
            var client = new PptpLinuxClient(guest, LossyNetwork.SERVER);
            client.connect(ServerFiles.USER, ServerFiles.PASSWORD);
            client.route(LossyNetwork.LAN);
            long upNanos = System.nanoTime();

            expectEqual("upload", () -> transfer.upload(guest));
            if (LONG) {
                expectEqual("download", () -> transfer.download(guest));
            }
            do {
                measure(network, guest, toServer, toClient);
            } while (System.nanoTime() - upNanos < SESSION.toNanos());

            assertThat(server.events(LogEvent.SESSION_UP)).hasSize(1);
            assertThat(server.events(LogEvent.SESSION_END)).isEmpty();
            client.hangUp();
            LogEvent end =
                    server.awaitEvent(LogEvent.SESSION_END, event -> true, Duration.ofSeconds(5));
            System.out.println("bad line: " + end.fields());
        }
    }

    private interface Move {
        Transfer.Digests run();
    }

    private static void expectEqual(String name, Move move) {
        long start = System.nanoTime();
        Transfer.Digests digests = move.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "bad line: %s of %d bytes in %.1f s, %.2f Mbit/s%n",
                name, TRANSFER_BYTES, seconds, TRANSFER_BYTES * 8 / seconds / 1e6);
        assertThat(digests.received()).isEqualTo(digests.sent());
    }

    /**
     * The client's own way with what comes out of order is not ours: only the direction to the
     * server is held to the limit.
     */
    private static void measure(
            LossyNetwork network, Shell client, LossyForwarder toServer, LossyForwarder toClient) {
        PathCounters upBefore = toServer.counters();
        PathCounters downBefore = toClient.counters();
        LossyNetwork.Echoes echoes = network.ping(client, ECHOES);
        PathCounters up = toServer.counters().since(upBefore);
        PathCounters down = toClient.counters().since(downBefore);
        System.out.printf(
                "bad line: to server path %.2f %% (%s), tunnel %.2f %%; to client path %.2f %% (%s),"
                        + " tunnel %.2f %%%n",
                100 * up.lossShare(),
                up,
                100 * echoes.lossToServer(),
                100 * down.lossShare(),
                down,
                100 * echoes.lossToClient());
        assertThat(echoes.lossToServer())
                .as("loss to the server")
                .isLessThanOrEqualTo(up.lossShare() + OWN_LOSS);
    }
}
