package dev.pptpd.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.WatchedServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.crypto.digests.MD4Digest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What our client asks of a server that should know the password, and what it tells nobody.
 *
 * <pre>
 *   [ client ] 10.77.0.2 ====== 10.77.0.1 [ server, in this process ]
 * </pre>
 */
final class ClientSecretsIT {
    private static final String SERVER = "10.77.0.1";
    private static final String PASSWORD = "canary-Pa55word";
    private static final String OTHER_PASSWORD = "canary-0ther";
    private static final Duration EXIT_LIMIT = Duration.ofMinutes(1);
    private static final int SERVER_NOT_PROVEN = 79;
    private static final int SECRETS_PER_LOGIN = 6;

    @TempDir private Path folder;
    private Namespace client;
    private Namespace server;

    @BeforeEach
    void build() {
        client = Namespace.create("client");
        server = Namespace.create("server");
        client.veth("c0", server, "s0");
        client.address("c0", "10.77.0.2/24");
        server.address("s0", SERVER + "/24");
    }

    @AfterEach
    void remove() {
        server.close();
        client.close();
    }

    /** Final with --persist too: who answers may be collecting responses. */
    @Test
    void refusesAServerThatDoesNotProveThatItKnowsThePassword() throws Exception {
        try (WatchedServer serving =
                        server.call(() ->
                                WatchedServer.openImpostor(
                                        SERVER, ServerFiles.USER, PASSWORD, OTHER_PASSWORD));
                ClientProcess pptp = connect("--persist", "--default-route")) {
            assertThat(pptp.awaitExit(EXIT_LIMIT))
                    .as("" + pptp.lines())
                    .isEqualTo(SERVER_NOT_PROVEN);

            assertThat(serving.secrets()).as("one login").hasSize(SECRETS_PER_LOGIN);
            assertThat(pptp.lines())
                    .last()
                    .isEqualTo(
                            "pptp: whoever answers at "
                                    + SERVER
                                    + " does not know the password: this is not the server that"
                                    + " you mean.");
            assertThat(pptp.events(ClientProcess.CONNECTED)).isEmpty();
            assertThat(client.devices("ppp")).isEmpty();
            assertThat(client.ip("route", "show")).doesNotContain("128.0.0.0/1");
        }
    }

    @Test
    void tellsNothingSecretInItsLogItsArgumentsOrItsEnvironment_A43() throws Exception {
        try (WatchedServer serving =
                        server.call(() -> WatchedServer.open(SERVER, ServerFiles.USER, PASSWORD));
                ClientProcess pptp = connect("-d")) {
            pptp.awaitConnected();
            String seen = ofProcess(pptp, "cmdline") + ofProcess(pptp, "environ");
            assertThat(seen).contains("--password-file").contains("JAVA_HOME=");
            pptp.terminate();
            assertThat(pptp.awaitExit(EXIT_LIMIT)).isZero();

            List<String> secrets = new ArrayList<>(serving.secrets());
            assertThat(secrets).hasSize(SECRETS_PER_LOGIN);
            secrets.add(PASSWORD);
            secrets.add(HexFormat.of().formatHex(PASSWORD.getBytes(StandardCharsets.UTF_8)));
            secrets.add(ntPasswordHash());
            String log = String.join("\n", pptp.lines());
            assertThat(log)
                    .contains(" rcvd [CHAP Challenge id=0x")
                    .contains(" sent [CHAP Response id=0x")
                    .contains("<49 octets>, name = \"" + ServerFiles.USER + "\"]")
                    .contains(" S=<40 octets>");
            String folded = (log + seen).toLowerCase(Locale.ROOT).replace(" ", "");
            for (String secret : secrets) {
                assertThat(folded).doesNotContain(secret.toLowerCase(Locale.ROOT));
            }
        }
    }

    private ClientProcess connect(String... flags) {
        return ClientProcess.launch(client, folder, PASSWORD, SERVER, flags);
    }

    private static String ofProcess(ClientProcess process, String file) throws IOException {
        Path path = Path.of("/proc", Long.toString(process.pid()), file);
        return Files.readString(path, StandardCharsets.ISO_8859_1);
    }

    private static String ntPasswordHash() {
        byte[] text = PASSWORD.getBytes(StandardCharsets.UTF_16LE);
        MD4Digest md4 = new MD4Digest();
        md4.update(text, 0, text.length);
        byte[] hash = new byte[md4.getDigestSize()];
        md4.doFinal(hash, 0);
        return HexFormat.of().formatHex(hash);
    }
}
