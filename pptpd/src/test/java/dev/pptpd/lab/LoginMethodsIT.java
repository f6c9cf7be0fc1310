package dev.pptpd.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * pppd logs in by each method where it is required, and does not where it will have none of it.
 *
 * <pre>
 *  guest 10.77.0.11 --- t1 10.77.0.1 [server]
 * </pre>
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class LoginMethodsIT {
    private static final String SERVER = "10.77.0.1";
    private static final Duration LOG_LIMIT = Duration.ofSeconds(5);
    private static final String[] WORDS = {"pap", "chap", "mschap", "mschap-v2", "eap"};

    @TempDir private static Path guestFolder;

    private static Namespace namespace;
    private static Guest guest;

    @TempDir private Path folder;

    @BeforeAll
    static void bootGuest() {
        namespace = Namespace.create("server");
        namespace.tap("t1");
        namespace.address("t1", SERVER + "/24");
        guest = Guest.boot(namespace, "t1", "10.77.0.11/24", guestFolder);
        guest.awaitReady();
    }

    @AfterAll
    static void endGuest() {
        if (guest != null) {
            guest.close();
        }
        if (namespace != null) {
            namespace.close();
        }
    }

    @AfterEach
    void endClient() {
        new PptpLinuxClient(guest, SERVER).reset();
    }

    @ParameterizedTest
    @CsvSource({
        "pap, PAP, NONE, none",
        "chap, CHAP-MD5, NONE, none",
        "mschap, MS-CHAPv1, MPPE_128, 128-stateless",
        "mschap-v2, MS-CHAPv2, MPPE_128, 128-stateless"
    })
    void letsAClientInByTheMethodThatIsRequiredAndByNoOther(
            String word, String method, PppdEncryption encryption, String mppe) {
        try (ServerProcess server = ServerProcess.start(namespace, files(word, encryption))) {
            expectRefused(server, client(encryption, "refuse-" + word));

            PptpLinuxClient client = client(encryption, refusals(word));
            client.connect(ServerFiles.USER, ServerFiles.PASSWORD);
            LogEvent up = server.awaitEvent(LogEvent.SESSION_UP, event -> true, LOG_LIMIT);
            assertThat(up.field("auth")).isEqualTo(method);
            assertThat(up.field("mppe")).startsWith(mppe.substring(0, 3));
            guest.expectSuccess("ping -c 1 -W 5 " + ServerFiles.LOCAL_ADDRESS);
            client.hangUp();

            expectWrongPassword(server, client, method);
        }
    }

    private static void expectRefused(ServerProcess server, PptpLinuxClient client) {
        CommandResult refused = client.dial(ServerFiles.USER, ServerFiles.PASSWORD);
        assertThat(refused.succeeded()).as(refused.output()).isFalse();
        assertThat(server.events(LogEvent.SESSION_UP)).isEmpty();
        LogEvent end = server.awaitEvent(LogEvent.SESSION_END, event -> true, LOG_LIMIT);
        assertThat(end.reason()).isEqualTo("authentication-failed");
        client.reset();
    }

    private static void expectWrongPassword(
            ServerProcess server, PptpLinuxClient client, String method) {
        CommandResult refused = client.dial(ServerFiles.USER, "guessed");
        // Both sides end the link at once, and pppd comes away with the code of a failed login or
        // with that of a hang-up. What it has read before is the same each time.
        assertThat(refused.succeeded()).as(refused.output()).isFalse();
        assertThat(refused.output())
                .contains(method.equals("PAP") ? "rcvd [PAP AuthNak" : "rcvd [CHAP Failure")
                .contains("authentication failed");
        LogEvent failed = server.awaitEvent(LogEvent.LOGIN_FAILED, event -> true, LOG_LIMIT);
        assertThat(failed.field("auth")).isEqualTo(method);
        assertThat(failed.reason()).isEqualTo("wrong-password");
        assertThat(server.events(LogEvent.SESSION_UP)).hasSize(1);
    }

    private ServerFiles files(String word, PppdEncryption encryption) {
        ServerFiles files = ServerFiles.in(folder);
        files.withoutOption("require-mschap-v2").option("require-" + word);
        files.option("pap-secrets " + files.secretsFile());
        if (encryption == PppdEncryption.NONE) {
            files.withoutOption("require-mppe-128").option("nomppe");
        }
        return files;
    }

    private static PptpLinuxClient client(PppdEncryption encryption, String words) {
        return new PptpLinuxClient(guest, SERVER, encryption, words);
    }

    /** What makes pppd log in by one method alone. */
    private static String refusals(String word) {
        StringBuilder words = new StringBuilder();
        for (String other : WORDS) {
            if (!other.equals(word)) {
                words.append(" refuse-").append(other);
            }
        }
        return words.toString();
    }
}
