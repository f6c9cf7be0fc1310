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

/**
 * One session through a line that loses 5 %, duplicates 3 %, reorders 10 % and delays 5 to 15 ms of
 * its packets.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
final class LossyNetworkIT {
    /** Set for the ten minutes that a release must hold; otherwise it is two. */
    private static final boolean LONG = Boolean.getBoolean("lab.long");

    private static final Duration SESSION = LONG ? Duration.ofMinutes(10) : Duration.ofMinutes(2);
    private static final Duration TRANSFER_LIMIT = Duration.ofMinutes(3);
    private static final Duration LOG_LIMIT = Duration.ofSeconds(10);
    private static final int TRANSFER_BYTES = 20_000_000;
    private static final int SHORT_TRANSFER_BYTES = 2_000_000;
    private static final int ECHOES = 4000;
    private static final int SHORT_ECHOES = 2000;

    /** What the tunnel may lose on top of its path: what comes too late to be put in order. */
    private static final double OWN_LOSS = 0.01;

    /**
     * As bad as pptp-linux can take it: a duplicate of a packet that it holds, or one that comes in
     * the wrong place after a loss, sends it into a loop of its own that never ends.
     */
    private static final Impairment LOSS_AND_DELAY =
            new Impairment(0.05, 0, 0, Duration.ofMillis(5), Duration.ofMillis(15), 1);

    @TempDir private Path folder;

    @Test
    void carriesAFileEachWayAndLosesLittleMoreThanItsPathF26() {
        try (LossyNetwork network = new LossyNetwork();
                ServerProcess server =
                        ServerProcess.start(network.server(), ServerFiles.in(folder));
                Namespace namespace = network.namespace();
                LossyForwarder toServer = network.impairToServer(Impairment.BAD_LINE);
                LossyForwarder toClient = network.impairToClient(Impairment.BAD_LINE);
                Transfer transfer = transfer(network, TRANSFER_BYTES);
                ClientProcess client =
                        ClientProcess.launch(
                                namespace,
                                folder,
                                ServerFiles.PASSWORD,
                                LossyNetwork.SERVER,
                                "--route",
                                LossyNetwork.LAN)) {
            client.awaitConnected();
            long upNanos = System.nanoTime();
            Shell shell = Shell.in(namespace);

            expectEqual("upload", TRANSFER_BYTES, () -> transfer.upload(shell));
            expectEqual("download", TRANSFER_BYTES, () -> transfer.download(shell));
            do {
                Losses losses = Losses.measure(network, shell, ECHOES, toServer, toClient);
                assertThat(losses.toServer()).isLessThanOrEqualTo(OWN_LOSS);
                assertThat(losses.toClient()).isLessThanOrEqualTo(OWN_LOSS);
            } while (System.nanoTime() - upNanos < SESSION.toNanos());

            expectOneSession(server);
            client.terminate();
            System.out.println("bad line: " + awaitEnd(server).fields());
        }
    }

    /** Its own way with what comes out of order is not ours: to it the line is only lossy. */
    @Test
    void carriesAFileEachWayForPptpLinuxF26() {
        try (LossyNetwork network = new LossyNetwork();
                ServerProcess server =
                        ServerProcess.start(network.server(), ServerFiles.in(folder));
                Guest guest = network.guest(folder);
                LossyForwarder toServer = network.impairToServer(Impairment.BAD_LINE);
                LossyForwarder toClient = network.impairToClient(LOSS_AND_DELAY);
                Transfer transfer = transfer(network, SHORT_TRANSFER_BYTES)) {
            var client = new PptpLinuxClient(guest, LossyNetwork.SERVER);
            client.connect(ServerFiles.USER, ServerFiles.PASSWORD);
            client.route(LossyNetwork.LAN);

            expectEqual("upload", SHORT_TRANSFER_BYTES, () -> transfer.upload(guest));
            expectEqual("download", SHORT_TRANSFER_BYTES, () -> transfer.download(guest));
            Losses losses = Losses.measure(network, guest, SHORT_ECHOES, toServer, toClient);

            assertThat(losses.toServer()).isLessThanOrEqualTo(OWN_LOSS);
            expectOneSession(server);
            client.hangUp();
            System.out.println("bad line: " + awaitEnd(server).fields());
        }
    }

    private static Transfer transfer(LossyNetwork network, int bytes) {
        return Transfer.start(network.lan(), LossyNetwork.LAN_HOST, bytes, TRANSFER_LIMIT);
    }

    private interface Move {
        Transfer.Digests run();
    }

    private static void expectEqual(String name, int bytes, Move move) {
        long start = System.nanoTime();
        Transfer.Digests digests = move.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "bad line: %s of %d bytes in %.1f s, %.2f Mbit/s%n",
                name, bytes, seconds, bytes * 8 / seconds / 1e6);
        assertThat(digests.received()).isEqualTo(digests.sent());
    }

    private static void expectOneSession(ServerProcess server) {
        assertThat(server.events(LogEvent.SESSION_UP)).hasSize(1);
        assertThat(server.events(LogEvent.SESSION_END)).isEmpty();
    }

    private static LogEvent awaitEnd(ServerProcess server) {
        return server.awaitEvent(LogEvent.SESSION_END, event -> true, LOG_LIMIT);
    }

    /**
     * Share of the inner packets that the tunnel lost on top of its path, each way.
     *
     * @param toServer of echo requests
     * @param toClient of echo replies
     */
    private record Losses(double toServer, double toClient) {
        static Losses measure(
                LossyNetwork network,
                Shell client,
                int requests,
                LossyForwarder toServer,
                LossyForwarder toClient) {
            PathCounters upBefore = toServer.counters();
            PathCounters downBefore = toClient.counters();
            LossyNetwork.Echoes echoes = network.ping(client, requests);
            PathCounters up = toServer.counters().since(upBefore);
            PathCounters down = toClient.counters().since(downBefore);
            System.out.printf(
                    "bad line: to server %.2f %% of %s, inner %.2f %%;"
                            + " to client %.2f %% of %s, inner %.2f %%%n",
                    100 * up.lossShare(),
                    up,
                    100 * echoes.lossToServer(),
                    100 * down.lossShare(),
                    down,
                    100 * echoes.lossToClient());
            return new Losses(
                    echoes.lossToServer() - up.lossShare(),
                    echoes.lossToClient() - down.lossShare());
        }
    }
}
