package dev.pptpd.emulator;

import static dev.pptpd.emulator.TestNetwork.GOOD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pptpd.emulator.Observation.MessageSeen;
import dev.pptpd.lab.Guest;
import dev.pptpd.lab.LogEvent;
import dev.pptpd.lab.PptpLinuxClient;
import dev.pptpd.lab.ServerFiles;
import dev.pptpd.lab.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pool of one address: who comes second hears that the line is busy, and gets in later. */
final class BusyIT {
    private static final Duration UP_LIMIT = Duration.ofSeconds(20);
    private static final Duration REFUSAL_LIMIT = Duration.ofSeconds(5);
    private static final Duration LEAVE_LIMIT = Duration.ofSeconds(5);
    private static final int ATTEMPTS = 50;
    private static final int BUSY = 4;
    private static final int RESULT_OFFSET = 16;
    private static final String GATEWAY = "10.79.0.1";

    @TempDir private Path folder;

    private TestNetwork network;
    private ServerProcess server;

    @BeforeEach
    void startServer() {
        network = new TestNetwork();
        // A device made ahead would be one more descriptor, some time after it is needed.
        ServerFiles files =
                ServerFiles.in(folder).conf("remoteip 10.99.0.10").conf("readydevices 0");
        server = ServerProcess.start(network.server(), files);
    }

    @AfterEach
    void stopAll() {
        server.close();
        network.close();
    }

    @Test
    void saysBusyToTheSecondAndLetsItInAfterTheFirstA40() {
        try (EmulatedClient first = windows(0)) {
            first.awaitFirstEcho(UP_LIMIT);
            expectBusy(1);
            first.expectPing(UP_LIMIT);

            first.hangUp();
            expectLetIn(1);
        }
    }

    @Test
    void keepsNothingOfFiftyAttemptsWhileItIsFullA40() {
        try (EmulatedClient session = windows(0)) {
            session.awaitFirstEcho(UP_LIMIT);
            expectBusy(1);
            long descriptors = descriptors();

            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                expectBusy(1 + attempt % 50);
            }

            await().atMost(LEAVE_LIMIT).until(() -> descriptors() <= descriptors);
            assertThat(network.server().devices("ppp")).hasSize(1);
            assertThat(server.events(LogEvent.SESSION_UP)).hasSize(1);
            assertThat(server.events(LogEvent.SESSION_END)).isEmpty();
            session.expectPing(UP_LIMIT);
        }
    }

    @Test
    void saysBusyToPptpLinuxAndLetsItInAfterTheFirst() {
        network.server().tap("t1");
        network.server().address("t1", GATEWAY + "/24");
        try (Guest guest = Guest.boot(network.server(), "t1", "10.79.0.11/24", folder);
                EmulatedClient first = windows(0)) {
            first.awaitFirstEcho(UP_LIMIT);
            var second = new PptpLinuxClient(guest, GATEWAY);
            assertThat(second.dial(ServerFiles.USER, ServerFiles.PASSWORD).succeeded()).isFalse();
            second.reset();
            assertThat(server.events("call-refused")).hasSize(1);

            first.hangUp();
            awaitEnds(1);
            await().atMost(LEAVE_LIMIT).until(() -> network.server().devices("ppp").isEmpty());
            second.connect(ServerFiles.USER, ServerFiles.PASSWORD);
            assertThat(second.address()).isEqualTo("10.99.0.10");
            expectBusy(2);

            second.hangUp();
            awaitEnds(2);
            expectLetIn(2);
        }
    }

    private EmulatedClient windows(int number) {
        return EmulatedClient.start(network.client(number), ClientProfiles.WINDOWS_10, GOOD);
    }

    /** Dials again while the device of the one before is being removed, as a user would. */
    private void expectLetIn(int number) {
        long deadline = System.nanoTime() + LEAVE_LIMIT.toNanos();
        while (true) {
            try (EmulatedClient client = windows(number)) {
                if (reply(client) != BUSY) {
                    client.awaitFirstEcho(UP_LIMIT);
                    return;
                }
            }
            assertThat(System.nanoTime()).as("still busy").isLessThan(deadline);
        }
    }

    private void expectBusy(int number) {
        try (EmulatedClient refused = windows(number)) {
            assertThat(reply(refused)).as("result").isEqualTo(BUSY);
        }
    }

    /** The result code of Outgoing-Call-Reply. */
    private static int reply(EmulatedClient client) {
        var reply =
                (MessageSeen)
                        client.journal()
                                .await(
                                        "Outgoing-Call-Reply",
                                        seen ->
                                                seen.isMessageFromServer(
                                                        PptpMessage.OUTGOING_CALL_REPLY),
                                        REFUSAL_LIMIT);
        return reply.message().octets().u8(RESULT_OFFSET);
    }

    private void awaitEnds(int sessions) {
        await().atMost(LEAVE_LIMIT)
                .until(() -> server.events(LogEvent.SESSION_END).size() >= sessions);
    }

    /** Open files of the server. */
    private long descriptors() {
        try (Stream<Path> files = Files.list(Path.of("/proc/" + server.pid() + "/fd"))) {
            return files.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
