package dev.pptpd.emulator;

import static dev.pptpd.emulator.TestNetwork.GOOD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.lab.CommandResult;
import dev.pptpd.lab.ServerFiles;
import dev.pptpd.lab.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the server begins, how it refuses to, and how it ends. */
final class ServerLifecycleIT {
    private static final Duration UP_LIMIT = Duration.ofSeconds(5);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);
    private static final Duration REFUSAL_LIMIT = Duration.ofSeconds(10);

    private static final int EX_UNAVAILABLE = 69;
    private static final int EX_OSERR = 71;
    private static final int EX_NOPERM = 77;
    private static final int EX_CONFIG = 78;

    @TempDir private Path folder;
    private TestNetwork network;

    @BeforeEach
    void makeNetwork() {
        network = new TestNetwork();
    }

    @AfterEach
    void removeNetwork() {
        network.close();
    }

    /** Files without a word that the server would warn about. */
    private static ServerFiles files(Path folder) {
        return ServerFiles.in(folder).conf("remoteip 10.99.0.10-60");
    }

    @Test
    void tellsItsClientsWhenItIsTerminated() {
        try (var server = ServerProcess.start(network.server(), files(folder));
                var first =
                        EmulatedClient.start(network.client(0), ClientProfiles.WINDOWS_10, GOOD);
                var second =
                        EmulatedClient.start(network.client(1), ClientProfiles.WINDOWS_7, GOOD)) {
            first.awaitFirstEcho(UP_LIMIT);
            second.awaitFirstEcho(UP_LIMIT);

            server.terminate();

            assertThat(server.awaitExit(STOP_LIMIT)).isZero();
            assertToldOfTheEnd(first.journal());
            assertToldOfTheEnd(second.journal());
            assertThat(network.server().devices("ppp")).isEmpty();
        }
    }

    private static void assertToldOfTheEnd(Journal journal) {
        journal.await(
                "LCP Terminate-Request",
                seen -> seen.isPacketFromServer(PppFrame.LCP, PppPacket.TERMINATE_REQUEST),
                STOP_LIMIT);
        journal.await(
                "Call-Disconnect-Notify",
                seen -> seen.isMessageFromServer(PptpMessage.CALL_DISCONNECT_NOTIFY),
                STOP_LIMIT);
        journal.await(
                "Stop-Control-Connection-Request",
                seen -> seen.isMessageFromServer(PptpMessage.STOP_CONTROL_CONNECTION_REQUEST),
                STOP_LIMIT);
    }

    @Test
    void letsClientsInAgainAfterItWasKilled() {
        ServerFiles files = files(folder);
        try (var killed = ServerProcess.start(network.server(), files);
                var client =
                        EmulatedClient.start(network.client(0), ClientProfiles.WINDOWS_10, GOOD)) {
            client.awaitFirstEcho(UP_LIMIT);
            killed.kill();
        }
        try (var server = ServerProcess.launch(network.server(), files)) {
            server.awaitReady(Duration.ofSeconds(5));
            assertThat(network.server().devices("ppp")).isEmpty();
            try (var client =
                    EmulatedClient.start(network.client(0), ClientProfiles.WINDOWS_10, GOOD)) {
                client.awaitFirstEcho(UP_LIMIT);
            }
        }
    }

    @Test
    void leavesAnotherServerOnTheSamePortAlone() throws IOException {
        Path otherFolder = Files.createDirectory(folder.resolve("other"));
        try (var server = ServerProcess.start(network.server(), files(folder));
                var client =
                        EmulatedClient.start(network.client(0), ClientProfiles.WINDOWS_10, GOOD)) {
            client.awaitFirstEcho(UP_LIMIT);
            try (var other = ServerProcess.launch(network.server(), files(otherFolder))) {
                assertThat(other.awaitExit(REFUSAL_LIMIT)).isEqualTo(EX_UNAVAILABLE);
                assertThat(other.lines()).singleElement().asString().contains("1723");
            }
            client.expectPing(Duration.ofSeconds(1));
            assertThat(network.server().devices("ppp")).hasSize(1);
            assertThat(server.alive()).isTrue();
        }
    }

    @Test
    void namesTheCapabilityThatIsMissing() {
        CommandResult result =
                runServer(
                        files(folder),
                        "setpriv",
                        "--bounding-set",
                        "-net_admin",
                        "--inh-caps",
                        "-net_admin");
        assertThat(result.exitCode()).isEqualTo(EX_NOPERM);
        assertThat(result.output().lines()).singleElement().asString().contains("CAP_NET_ADMIN");
        assertNothingWasOpened();
    }

    @Test
    void namesTheTunDeviceThatIsMissing() {
        CommandResult result =
                runServer(
                        files(folder),
                        "unshare",
                        "--mount",
                        "sh",
                        "-c",
                        "mount -t tmpfs none /dev/net && exec \"$@\"",
                        "sh");
        assertThat(result.exitCode()).isEqualTo(EX_OSERR);
        assertThat(result.output().lines()).singleElement().asString().contains("/dev/net/tun");
        assertNothingWasOpened();
    }

    @Test
    void namesTheAddressThatIsNotOfThisHost() {
        CommandResult result = runServer(files(folder).conf("listen 192.0.2.1"));
        assertThat(result.exitCode()).isEqualTo(EX_OSERR);
        assertThat(result.output().lines()).singleElement().asString().contains("192.0.2.1");
        assertNothingWasOpened();
    }

    @Test
    void listsEveryFaultOfTheConfiguration() {
        ServerFiles files =
                files(folder)
                        .conf("remoteip 10.99.0.999")
                        .option("mtu many")
                        .option("require-mppe-129")
                        .secret("vpn2 * \"no end");
        CommandResult result = runServer(files);
        assertThat(result.exitCode()).isEqualTo(EX_CONFIG);
        assertThat(result.output().lines())
                .anyMatch(line -> faultOf(line, files.confFile(), "10.99.0.999"))
                .anyMatch(line -> faultOf(line, files.optionsFile(), "many"))
                .anyMatch(line -> faultOf(line, files.optionsFile(), "require-mppe-129"))
                .anyMatch(line -> faultOf(line, files.secretsFile(), ""));
        assertNothingWasOpened();
    }

    /** Whether the line reads {@code FILE:LINE: ... WORD ...}. */
    private static boolean faultOf(String line, Path file, String word) {
        return line.matches(
                "(?s).*%s:\\d+: .*%s.*"
                        .formatted(Pattern.quote(file.toString()), Pattern.quote(word)));
    }

    private CommandResult runServer(ServerFiles files, String... before) {
        files.write();
        List<String> words = new ArrayList<>(List.of(before));
        words.addAll(List.of("env", "JAVA_HOME=" + System.getProperty("java.home")));
        words.add(ServerProcess.program());
        words.addAll(ServerProcess.arguments(files));
        return network.server().command(words.toArray(String[]::new)).within(REFUSAL_LIMIT).run();
    }

    private void assertNothingWasOpened() {
        assertThat(network.server().command("ss", "-Hltn").expectSuccess()).isEmpty();
        assertThat(network.server().devices("ppp")).isEmpty();
        assertThat(folder.resolve("pptpd.pid")).doesNotExist();
        assertThat(folder.resolve("ctl.sock")).doesNotExist();
    }
}
