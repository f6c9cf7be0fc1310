package dev.pptpd.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * EAP of a real pppd, and our own client, against the built server.
 *
 * <pre>
 *  guest 10.77.0.11 --- t1 - br0 10.77.0.1 [server] s0 --- 10.78.0.2 [client]
 * </pre>
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class EapIT {
    private static final String SERVER = "10.77.0.1";
    private static final String SERVER_TO_CLIENT = "10.78.0.1";
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir private static Path shared;
    private static Namespace server;
    private static Namespace client;
    private static Guest guest;

    @TempDir private Path folder;
    private ServerFiles files;

    @BeforeAll
    static void build() {
        server = Namespace.create("server");
        client = Namespace.create("client");
        server.bridge("br0");
        server.address("br0", SERVER + "/24");
        server.tap("t1");
        server.attach("t1", "br0");
        client.veth("c0", server, "s0");
        client.address("c0", "10.78.0.2/24");
        server.address("s0", SERVER_TO_CLIENT + "/24");
        guest = Guest.boot(server, "t1", "10.77.0.11/24", shared);
        Certificates.make(shared);
        guest.awaitReady();
    }

    @AfterAll
    static void remove() {
        guest.close();
        client.close();
        server.close();
    }

    @BeforeEach
    void prepareFiles() {
        files =
                ServerFiles.in(folder)
                        .withoutOption("require-mschap-v2")
                        .withoutOption("require-mppe-128")
                        .option("require-eap");
    }

    @AfterEach
    void endClient() {
        pppd(PppdEncryption.NONE, "").reset();
    }

    @Test
    void logsARealClientInByMd5() {
        files.option("eap-methods md5");
        expectLogin(PppdEncryption.NONE, "", ServerFiles.USER, "EAP-MD5");
    }

    /** The client insists on EAP, as it may without a certificate, too. */
    @Test
    void logsARealClientInByMsChapV2() {
        files.option("eap-methods mschapv2");
        expectLogin(PppdEncryption.NONE, "need-peer-eap", ServerFiles.USER, "EAP-MSCHAPv2");
    }

    @Test
    void logsARealClientInByItsCertificateAndEncrypts() {
        certificates(files).option("eap-methods tls").option("require-mppe-128");
        files.secret("Machine * unused *");
        expectLogin(
                PppdEncryption.MPPE_128,
                "ca %1$s/authority.pem cert %1$s/client.pem key %1$s/client.key need-peer-eap"
                        .formatted(shared),
                "Machine",
                "EAP-TLS");
    }

    @ParameterizedTest
    @CsvSource({"md5, EAP-MD5", "mschapv2, EAP-MSCHAPv2"})
    void refusesAWrongPasswordByEveryMethod(String word, String method) {
        files.option("eap-methods " + word);
        try (ServerProcess serving = ServerProcess.start(server, files)) {
            CommandResult result = pppd(PppdEncryption.NONE, "").dial(ServerFiles.USER, "wrong");
            assertThat(result.exitCode()).as(result.output()).isEqualTo(PptpLinuxClient.REFUSED);
            LogEvent failed = serving.awaitEvent(LogEvent.LOGIN_FAILED, event -> true, LIMIT);
            assertThat(failed.user()).isEqualTo(ServerFiles.USER);
            assertThat(failed.field("auth")).isEqualTo(method);
            assertThat(failed.reason()).isEqualTo("wrong-password");
            expectAuthenticationFailed(serving, "login refused, E=691");
        }
    }

    /** TLS fails, so that there is nobody whose login could. */
    @Test
    void refusesACertificateOfAnotherAuthority() {
        certificates(files).option("eap-methods tls");
        files.secret("Machine * unused *");
        String options =
                "ca %1$s/authority.pem cert %1$s/stranger.pem key %1$s/stranger.key need-peer-eap"
                        .formatted(shared);
        try (ServerProcess serving = ServerProcess.start(server, files)) {
            CommandResult result =
                    pppd(PppdEncryption.NONE, options).dial("Machine", ServerFiles.PASSWORD);
            assertThat(result.succeeded()).as(result.output()).isFalse();
            expectAuthenticationFailed(serving, "TLS: ");
            assertThat(serving.events(LogEvent.LOGIN_FAILED)).isEmpty();
        }
    }

    private static void expectAuthenticationFailed(ServerProcess serving, String detail) {
        LogEvent end = serving.awaitEvent(LogEvent.SESSION_END, event -> true, LIMIT);
        assertThat(end.reason()).isEqualTo("authentication-failed");
        assertThat(end.field("detail")).startsWith(detail);
        assertThat(serving.events(LogEvent.SESSION_UP)).isEmpty();
    }

    /** Windows that is set to MS-CHAPv2, and a server that asks for EAP first. */
    @Test
    void goesOnToMsChapV2WhereTheClientWillNotDoEap() {
        files.option("require-mschap-v2").option("require-mppe-128");
        expectLogin(PppdEncryption.MPPE_128, "refuse-eap", ServerFiles.USER, "MS-CHAPv2");
    }

    @Test
    void refusesAClientThatWillNotDoEap() {
        try (ServerProcess serving = ServerProcess.start(server, files)) {
            CommandResult result =
                    pppd(PppdEncryption.NONE, "refuse-eap")
                            .dial(ServerFiles.USER, ServerFiles.PASSWORD);
            assertThat(result.exitCode()).as(result.output()).isNotZero();
            expectAuthenticationFailed(serving, "the peer ");
        }
    }

    @Test
    void logsOurClientInByItsCertificate() {
        certificates(files).option("require-mppe-128");
        try (ServerProcess serving = ServerProcess.start(server, files);
                ClientProcess pptp =
                        connect(
                                "--cert",
                                shared.resolve("vpn.pem").toString(),
                                "--key",
                                shared.resolve("vpn.key").toString(),
                                "--ca",
                                shared.resolve("authority.pem").toString(),
                                "--server-name",
                                "vpn.example")) {
            assertThat(pptp.awaitConnected().field("auth")).isEqualTo("EAP-TLS");
            LogEvent up = serving.awaitEvent("session-up", event -> true, LIMIT);
            assertThat(up.field("auth")).isEqualTo("EAP-TLS");
            assertThat(up.field("mppe")).isEqualTo("128-stateless");
        }
    }

    private void expectLogin(
            PppdEncryption encryption, String options, String user, String method) {
        PptpLinuxClient pptp = pppd(encryption, options);
        try (ServerProcess serving = ServerProcess.start(server, files)) {
            pptp.connect(user, ServerFiles.PASSWORD);
            LogEvent up = serving.awaitEvent("session-up", event -> true, LIMIT);
            assertThat(up.field("auth")).isEqualTo(method);
            assertThat(up.user()).isEqualTo(user);
            guest.expectSuccess("ping -c 1 -W 5 " + ServerFiles.LOCAL_ADDRESS);
            pptp.hangUp();
        }
    }

    private static PptpLinuxClient pppd(PppdEncryption encryption, String options) {
        return new PptpLinuxClient(guest, SERVER, encryption, options);
    }

    private ClientProcess connect(String... flags) {
        return ClientProcess.launch(client, folder, ServerFiles.PASSWORD, SERVER_TO_CLIENT, flags);
    }

    private static ServerFiles certificates(ServerFiles files) {
        return files.option("cert " + shared.resolve("server.pem"))
                .option("key " + shared.resolve("server.key"))
                .option("ca " + shared.resolve("authority.pem"));
    }
}
