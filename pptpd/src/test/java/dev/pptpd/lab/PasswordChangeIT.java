package dev.pptpd.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Our client changes a password that has expired: E=648, the packet, the file of the built server,
 * and the next login of the same process.
 *
 * <pre>
 *  [server] s0 10.78.0.1 ====== 10.78.0.2 c0 [client]
 * </pre>
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class PasswordChangeIT {
    private static final String SERVER = "10.78.0.1";
    private static final String NEXT = "nächstes Wort";
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final int AUTHENTICATION = 67;

    private static Namespace server;
    private static Namespace client;

    @TempDir private Path folder;
    private ServerFiles files;

    @BeforeAll
    static void build() {
        server = Namespace.create("server");
        client = Namespace.create("client");
        client.veth("c0", server, "s0");
        client.address("c0", "10.78.0.2/24");
        server.address("s0", SERVER + "/24");
    }

    @AfterAll
    static void remove() {
        client.close();
        server.close();
    }

    @BeforeEach
    void prepareFiles() {
        files = ServerFiles.in(folder).withoutOption("require-mschap-v2");
    }

    @ParameterizedTest
    @CsvSource({"eap, EAP-MSCHAPv2", "mschap-v2, MS-CHAPv2", "mschap, MS-CHAPv1"})
    void changesAnExpiredPassword(String word, String method) throws Exception {
        files.option("require-" + word).secret("# before").secret("other * x *");
        try (ServerProcess serving = startWithExpired()) {
            try (ClientProcess pptp =
                    connect(
                            ServerFiles.PASSWORD,
                            "--login",
                            word,
                            "--new-password-file",
                            nextFile())) {
                assertThat(pptp.awaitConnected().field("auth")).isEqualTo(method);
                assertThat(pptp.events("password-changed")).hasSize(1);
                expectPing();
                pptp.terminate();
                assertThat(pptp.awaitExit(LIMIT)).isZero();
            }
            assertThat(serving.events("password-changed")).hasSize(1);
            assertThat(Files.readString(files.secretsFile()))
                    .isEqualTo("vpn * \"" + NEXT + "\" *\n# before\nother * x *\n");

            expectRefusal(ServerFiles.PASSWORD, "--login", word);
            try (ClientProcess pptp = connect(NEXT, "--login", word)) {
                pptp.awaitConnected();
                assertThat(serving.events(LogEvent.SESSION_UP))
                        .hasSize(2)
                        .allMatch(up -> up.field("auth").equals(method))
                        .allMatch(up -> up.field("mppe").equals("128-stateless"));
                expectPing();
            }
            assertThat(serving.events("password-changed")).hasSize(1);
        }
    }

    @Test
    void keepsAnExpiredPasswordWhereTheClientHasNoOther() throws Exception {
        files.option("require-mschap-v2");
        try (ServerProcess serving = startWithExpired()) {
            String before = Files.readString(files.secretsFile());
            expectRefusal(ServerFiles.PASSWORD);
            assertThat(Files.readString(files.secretsFile())).isEqualTo(before);
            assertThat(serving.events("password-changed")).isEmpty();
        }
    }

    private void expectRefusal(String password, String... flags) {
        try (ClientProcess pptp = connect(password, flags)) {
            assertThat(pptp.awaitExit(ClientProcess.UP_LIMIT))
                    .as("" + pptp.lines())
                    .isEqualTo(AUTHENTICATION);
        }
    }

    private static void expectPing() {
        client.command("ping", "-c", "1", "-W", "5", ServerFiles.LOCAL_ADDRESS).expectSuccess();
    }

    private ClientProcess connect(String password, String... flags) {
        return ClientProcess.launch(client, folder, password, SERVER, flags);
    }

    private String nextFile() throws IOException {
        Path next = Files.writeString(folder.resolve("next"), NEXT + "\n");
        Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-------"));
        return next.toString();
    }

    /** The usual line, whose password has to be changed first. */
    private ServerProcess startWithExpired() throws IOException {
        files.write();
        String lines = Files.readString(files.secretsFile());
        Files.writeString(
                files.secretsFile(), lines.replace("vpn * secret *", "vpn * secret * -- expired"));
        ServerProcess serving = ServerProcess.launchProgram(server, ServerProcess.arguments(files));
        serving.awaitReady(Duration.ofSeconds(20));
        return serving;
    }
}
