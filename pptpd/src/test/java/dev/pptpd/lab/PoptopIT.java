package dev.pptpd.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Our client against Debian's PoPToP and pppd, the server that most clients were made for.
 *
 * <pre>
 *   [ client ] 10.77.0.2 ====== 10.77.0.1 [ guest: pptpd, pppd ]
 * </pre>
 */
final class PoptopIT {
    private static final String SERVER = "10.77.0.1";
    private static final String INNER = "10.98.0.1";
    private static final int TRANSFER_BYTES = 5_000_000;
    private static final Duration STOP_LIMIT = Duration.ofSeconds(6);
    private static final Duration REFUSAL_LIMIT = Duration.ofMinutes(1);

    private static final int AUTHENTICATION = 67;
    private static final int ENCRYPTION = 76;

    @TempDir private static Path guestFolder;
    private static Namespace client;
    private static Guest guest;

    @TempDir private Path folder;

    @BeforeAll
    static void build() {
        client = Namespace.create("client");
        client.tap("t0");
        client.address("t0", "10.77.0.2/24");
        guest = Guest.boot(client, "t0", SERVER + "/24", guestFolder);
        guest.awaitReady();
    }

    @AfterAll
    static void remove() {
        if (guest != null) {
            guest.close();
        }
        if (client != null) {
            client.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "MPPE_128, --require-mppe-128, 128-stateless",
        "MPPE_40, --require-mppe-40, 40-stateless",
        "MPPE_40, --require-mppe, 40-stateless",
        "NONE, --no-mppe, none"
    })
    void logsInAndMovesPacketsBothWays(PppdEncryption encryption, String flag, String mppe) {
        try (PoptopServer server =
                        PoptopServer.start(guest, PoptopServer.Settings.with(encryption));
                ClientProcess pptp = connect(ServerFiles.PASSWORD, flag)) {
            LogEvent connected = pptp.awaitConnected();
            assertThat(connected.field("mppe")).isEqualTo(mppe);
            assertThat(connected.field("peer-ip")).isEqualTo(INNER);
            assertThat(
                            client.command("ping", "-q", "-c", "50", "-i", "0.02", "-W", "5", INNER)
                                    .expectSuccess())
                    .contains("50 received");
            try (Transfer transfer = Transfer.start(client, connected.ip(), TRANSFER_BYTES)) {
                expectEqual(transfer.download(guest));
                expectEqual(transfer.upload(guest));
            }

            pptp.terminate();

            assertThat(pptp.awaitExit(STOP_LIMIT)).isZero();
            assertThat(client.devices("ppp")).isEmpty();
            assertThat(server.log()).contains("LCP terminated by peer");
        }
    }

    @Test
    void tellsAWrongPasswordFromEncryptionThatIsRefused() {
        try (PoptopServer server =
                        PoptopServer.start(
                                guest, PoptopServer.Settings.with(PppdEncryption.MPPE_128));
                ClientProcess mistaken = connect("correct-horse");
                ClientProcess clear = connect(ServerFiles.PASSWORD, "--no-mppe")) {
            assertThat(mistaken.awaitExit(REFUSAL_LIMIT))
                    .as("%s %s", mistaken.lines(), server.log())
                    .isEqualTo(AUTHENTICATION);
            assertThat(clear.awaitExit(REFUSAL_LIMIT))
                    .as("%s %s", clear.lines(), server.log())
                    .isEqualTo(ENCRYPTION);
        }
    }

    private ClientProcess connect(String password, String... flags) {
        return ClientProcess.launch(client, folder, password, SERVER, flags);
    }

    private static void expectEqual(Transfer.Digests digests) {
        assertThat(digests.received()).isEqualTo(digests.sent());
    }
}
