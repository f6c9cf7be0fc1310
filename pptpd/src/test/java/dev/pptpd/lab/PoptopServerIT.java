package dev.pptpd.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * PoPToP as a machine of the laboratory, before our client is blamed for it.
 *
 * <pre>
 *  guest 10.77.0.11 [pptp-linux] --- t1 \
 *                                        br0 [ether]
 *  guest 10.77.0.20 [PoPToP] ------- t2 /
 * </pre>
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class PoptopServerIT {
    private static final String SERVER = "10.77.0.20";

    @TempDir private static Path folder;

    private static Namespace ether;
    private static Guest client;
    private static Guest server;

    @BeforeAll
    static void boot() {
        ether = Namespace.create("ether");
        ether.bridge("br0");
        client = guest("t1", "10.77.0.11");
        server = guest("t2", SERVER);
    }

    private static Guest guest(String device, String address) {
        ether.tap(device);
        ether.attach(device, "br0");
        return Guest.boot(ether, device, address + "/24", folder);
    }

    @AfterAll
    static void remove() {
        ether.close();
    }

    @ParameterizedTest
    @EnumSource(
            names = {"STATEFUL_128", "STATEFUL_40"},
            mode = EnumSource.Mode.EXCLUDE)
    void letsPptpLinuxInWithTheEncryptionItRequires(PppdEncryption encryption) {
        var settings = PoptopServer.Settings.with(encryption);
        try (PoptopServer poptop = PoptopServer.start(server, settings)) {
            var pptp = new PptpLinuxClient(client, SERVER, encryption);
            pptp.connect(settings.user(), settings.password());

            assertThat(client.expectSuccess("ping -q -c 10 -i 0.05 -W 5 10.98.0.1"))
                    .contains("10 received");
            assertThat(pptp.address()).startsWith("10.98.0.1");
            assertThat(poptop.devices()).isEqualTo("ppp0");
            switch (encryption) {
                case MPPE_128, STATEFUL_128 ->
                        assertThat(poptop.log()).contains("MPPE 128-bit stateless compression");
                case MPPE_40, STATEFUL_40 ->
                        assertThat(poptop.log()).contains("MPPE 40-bit stateless compression");
                case NONE -> assertThat(poptop.log()).doesNotContain("MPPE");
            }
            pptp.hangUp();
        }
    }
}
