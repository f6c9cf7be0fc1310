package dev.pptpd.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.emulator.ClientProfiles;
import dev.pptpd.emulator.Credentials;
import dev.pptpd.emulator.EmulatedClient;
import dev.pptpd.emulator.Place;
import dev.pptpd.impair.Impairment;
import dev.pptpd.impair.LossyForwarder;
import dev.pptpd.impair.PathCounters;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packets that arrive in an order drawn by lot. */
final class ShuffledNetworkIT {
    private static final Duration UP_LIMIT = Duration.ofSeconds(20);

    /** Where all answers are expected; a busy machine takes its time. */
    private static final Duration ALL_ANSWERS_LIMIT = Duration.ofSeconds(5);

    /** Where some answers never come. */
    private static final Duration ANSWERS_LIMIT = Duration.ofSeconds(1);

    private static final int ROUNDS = 4;
    private static final int BURST = 300;
    private static final int SENT = ROUNDS * BURST;

    /**
     * A server waits 10 ms at least for what is missing. A path that stands still in the middle of
     * a window for as long is late, and not only out of order: such a round is made again.
     */
    private static final Duration WINDOW_LIMIT = Duration.ofMillis(8);

    private static final int LATE_ROUNDS = 20;

    /** A server that holds 64 packets can put windows of so many in order. */
    private static final int ORDERED = 32;

    @TempDir private Path folder;

    @Test
    void keepsTheSessionWhateverTheOrderV03() {
        try (LossyNetwork network = new LossyNetwork();
                ServerProcess server =
                        ServerProcess.start(network.server(), ServerFiles.in(folder));
                Namespace namespace = network.namespace();
                LossyForwarder path = network.impairToServer(Impairment.NONE);
                EmulatedClient client = start(namespace)) {
            client.awaitFirstEcho(UP_LIMIT);

            for (int window : List.of(1, 2, 8, 32, 64, 65, 150, 300)) {
                path.become(Impairment.shuffling(window));
                PathCounters before = path.counters();
                long arrivedBefore = LossyNetwork.icmp(network.server(), "InEchos");
                Pings pings = pings(client, path, window);
                System.out.printf(
                        "shuffled in windows of %d: %s, path %s%n",
                        window, pings, path.counters().since(before));
                long arrived = LossyNetwork.icmp(network.server(), "InEchos") - arrivedBefore;
                assertThat(arrived).as("no packet twice").isLessThanOrEqualTo(pings.sent());
                assertThat(LossyNetwork.icmp(network.server(), "InErrors"))
                        .as("wrong payloads")
                        .isZero();
                if (window <= ORDERED) {
                    assertThat(pings.answered()).as("windows of %d", window).isEqualTo(SENT);
                }
                assertThat(server.events(LogEvent.SESSION_END)).isEmpty();
            }

            path.become(Impairment.NONE);
            assertThat(ping(client, 50, ALL_ANSWERS_LIMIT)).as("after all of it").isEqualTo(50);
        }
    }

    /**
     * @param sent in all rounds
     * @param answered in those that count
     */
    private record Pings(int sent, int answered) {}

    /**
     * As many rounds as there have to be in which the path is not late, and what comes of those.
     */
    private static Pings pings(EmulatedClient client, LossyForwarder path, int window) {
        Duration limit = window <= ORDERED ? ALL_ANSWERS_LIMIT : ANSWERS_LIMIT;
        int answered = 0;
        int late = 0;
        for (int round = 0; round < ROUNDS + late; round++) {
            path.takeSlowestWindow();
            int answers = ping(client, BURST, limit);
            Duration slowest = path.takeSlowestWindow();
            if (window > ORDERED || slowest.compareTo(WINDOW_LIMIT) <= 0) {
                answered += answers;
            } else {
                late++;
                System.out.printf("a window of %d took %s: %d answers%n", window, slowest, answers);
                assertThat(late).as("rounds of a late path").isLessThanOrEqualTo(LATE_ROUNDS);
            }
        }
        return new Pings((ROUNDS + late) * BURST, answered);
    }

    private static EmulatedClient start(Namespace namespace) {
        return EmulatedClient.start(
                Place.of(namespace.name(), LossyNetwork.CLIENT, LossyNetwork.SERVER),
                ClientProfiles.WINDOWS_10,
                new Credentials(ServerFiles.USER, ServerFiles.PASSWORD));
    }

    /** Sends so many echo requests at once and counts the right answers that come in time. */
    private static int ping(EmulatedClient client, int requests, Duration limit) {
        List<CompletableFuture<Long>> pings =
                Stream.generate(client::ping).limit(requests).toList();
        long deadline = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() - deadline < 0 && answered(pings) < requests) {
            LockSupport.parkNanos(1_000_000);
        }
        return answered(pings);
    }

    private static int answered(List<CompletableFuture<Long>> pings) {
        return (int) pings.stream().filter(CompletableFuture::isDone).count();
    }
}
