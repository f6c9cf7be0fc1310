package dev.pptpd.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.emulator.Observation.FrameSeen;
import dev.pptpd.lab.LogEvent;
import dev.pptpd.lab.ServerFiles;
import dev.pptpd.lab.ServerProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code -d} adds to the log, and what it must not. */
final class DebugLogIT {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int RESPONSE_OCTETS = 49;
    private static final String USER = "alice";
    private static final String PASSWORD = "canary-Pa55word";
    private static final String WRONG_PASSWORD = "canary-Wr0ng";

    private final TestNetwork network = new TestNetwork();

    @TempDir private Path folder;

    @AfterEach
    void closeNetwork() {
        network.close();
    }

    @Test
    void showsTheNegotiationAsPppdDoesButNothingSecret() {
        ServerFiles files = ServerFiles.in(folder).secret(USER, PASSWORD);
        try (ServerProcess server = ServerProcess.launch(network.server(), files, "-d")) {
            server.awaitReady(Duration.ofSeconds(20));
            List<String> secrets = new ArrayList<>();
            secrets.add(PASSWORD);
            secrets.addAll(logIn(server, PASSWORD));
            secrets.addAll(logIn(server, WRONG_PASSWORD));
            secrets.add(WRONG_PASSWORD);
            assertThat(secrets).hasSizeGreaterThan(10);

            String log = String.join("\n", server.lines());
            assertThat(log)
                    .contains(" sent [LCP ConfReq id=0x0 <mru ")
                    .contains("<auth chap MS-v2>")
                    .contains(" rcvd [LCP ConfReq id=0x0 <mru 1400> <magic 0x")
                    .contains("<16 octets>, name = \"")
                    .contains("<49 octets>, name = \"" + USER + "\"]")
                    .contains(" S=<40 octets>")
                    .contains(" E=691 R=1 C=<32 octets> V=3")
                    .contains(" rcvd [CCP ConfReq id=0x")
                    .contains(" sent [CCP ConfReq id=0x1 <mppe +H -M +S -L -D -C>]")
                    .contains(" rcvd [IPCP ConfReq id=0x");
            String folded = log.toLowerCase(Locale.ROOT).replace(" ", "");
            for (String secret : secrets) {
                assertThat(folded).doesNotContain(secret.toLowerCase(Locale.ROOT).replace(" ", ""));
            }
            assertThat(server.events("ppp"))
                    .allMatch(event -> event.session().length() == 8)
                    .allMatch(event -> event.peer().equals(TestNetwork.clientAddress(0)));
        }
    }

    /** Nobody has logged in yet: each worker has its packet cipher compiled when there is time. */
    @Test
    void warmsTheCipherOfEachWorkerOnceItIsReady() {
        try (ServerProcess server =
                ServerProcess.launch(network.server(), ServerFiles.in(folder), "-d")) {
            LogEvent ready =
                    server.awaitEvent(LogEvent.READY, event -> true, Duration.ofSeconds(20));
            for (int worker = 0; worker < Integer.parseInt(ready.field("workers")); worker++) {
                String name = "worker-" + worker;
                server.awaitEvent(
                        "cipher-ready",
                        event -> event.field("worker").equals(name),
                        Duration.ofSeconds(20));
            }
        }
    }

    /** Tries to log in and leaves; returns what went over the wire and may not be told, in hex. */
    private List<String> logIn(ServerProcess server, String password) {
        Credentials credentials = new Credentials(USER, password);
        try (EmulatedClient client =
                EmulatedClient.start(network.client(0), ClientProfiles.WINDOWS_10, credentials)) {
            if (password.equals(PASSWORD)) {
                client.awaitFirstEcho(LIMIT);
            } else {
                server.awaitEvent(LogEvent.SESSION_END, DebugLogIT::isRefused, LIMIT);
            }
            return client.journal().all(FrameSeen.class::isInstance).stream()
                    .map(seen -> ((FrameSeen) seen).frame())
                    .filter(frame -> frame.protocol() == PppFrame.CHAP)
                    .flatMap(frame -> secrets(frame).stream())
                    .toList();
        }
    }

    private static boolean isRefused(LogEvent event) {
        return event.reason().equals("authentication-failed");
    }

    private static List<String> secrets(PppFrame frame) {
        PppPacket packet = PppPacket.decode(frame.information()).orElseThrow();
        Octets data = packet.data();
        return switch (packet.code()) {
            case PppPacket.CHALLENGE -> List.of(data.slice(1, 17).toString());
            case PppPacket.RESPONSE ->
                    List.of(
                            data.slice(1, 17).toString(),
                            data.slice(25, RESPONSE_OCTETS).toString());
            default -> {
                String text = new String(data.toArray(), StandardCharsets.US_ASCII);
                yield List.of(text.split(" ")).stream()
                        .filter(word -> word.startsWith("S=") || word.startsWith("C="))
                        .map(word -> word.substring(2))
                        .toList();
            }
        };
    }
}
