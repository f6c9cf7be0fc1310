package dev.pptpd.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.lab.LogEvent;
import dev.pptpd.lab.ServerFiles;
import dev.pptpd.lab.ServerProcess;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ATTACKS F03: the control connection is fine, but IP protocol 47 does not arrive. */
final class BlockedGreIT {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir private Path folder;

    @Test
    void tellsTheOperatorThatProtocol47IsBlocked() {
        ServerFiles files = ServerFiles.in(folder).option("lcp-max-configure 2");
        try (var network = new TestNetwork();
                var server = ServerProcess.start(network.server(), files);
                var connection = ControlConnection.open(network.client(0))) {
            connection.send(
                    PptpMessage.startControlConnectionRequest(ClientProfiles.WINDOWS_10.start()),
                    PptpMessage.outgoingCallRequest(ClientProfiles.WINDOWS_10.call(), 7, 1));
            connection.expect(PptpMessage.START_CONTROL_CONNECTION_REPLY);
            connection.expect(PptpMessage.OUTGOING_CALL_REPLY);
            LogEvent end = server.awaitEvent(LogEvent.SESSION_END, event -> true, LIMIT);
            assertThat(end.reason()).isEqualTo("no-answer");
            assertThat(String.join("\n", server.lines())).contains("IP protocol 47 (GRE)");
            PptpMessage notify = connection.expect(PptpMessage.CALL_DISCONNECT_NOTIFY);
            assertThat(notify.octets().u8(14)).as("result: lost carrier").isEqualTo(1);
        }
    }
}
