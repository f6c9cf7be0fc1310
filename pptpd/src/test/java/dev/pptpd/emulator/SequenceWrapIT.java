package dev.pptpd.emulator;

import static dev.pptpd.emulator.TestNetwork.GOOD;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A client whose GRE numbers pass 2^32 under load. */
@Tag("alone")
final class SequenceWrapIT {
    private static final int PACKETS = 100_000;
    private static final int AT_ONCE = 50;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir private static Path folder;

    @RegisterExtension private static final ServedNetwork network = new ServedNetwork(() -> folder);

    @Test
    void losesNoneOfAHundredThousandPacketsA16() {
        ClientProfile profile = ClientProfiles.WINDOWS_10.withFirstSequence(-100);
        try (var session = EmulatedClient.start(network.client(0), profile, GOOD)) {
            session.awaitFirstEcho(LIMIT);
            assertThat(session.target().nextSequence()).as("before the wrap").isNegative();
            session.journal().stop();

            for (int sent = 0; sent < PACKETS; sent += AT_ONCE) {
                int after = sent;
                CompletableFuture<?>[] pings =
                        Stream.generate(session::ping)
                                .limit(AT_ONCE)
                                .toArray(CompletableFuture[]::new);
                assertThat(CompletableFuture.allOf(pings))
                        .as("%d pings after the first %d", AT_ONCE, after)
                        .succeedsWithin(LIMIT);
            }

            assertThat(session.target().nextSequence()).isGreaterThan(PACKETS - 100);
        }
    }
}
