package dev.pptpd.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.ppp.frame.PppFrame;
import dev.pptpd.ppp.frame.PppProtocol;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TCP/IP headers compressed by the guest's kernel and by the server, in clear and encrypted. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class VjIT {
    private static final int TRANSFER_BYTES = 1_000_000;
    private static final String PPPD_OFFER = "sent [IPCP ConfReq id=0x1 <compress VJ 0f 01>";
    private static final Pattern SERVER_OFFER =
            Pattern.compile("rcvd \\[IPCP ConfReq id=0x[0-9a-f]+ <compress VJ 0f 01>");

    @TempDir private static Path guestFolder;
    private static GuestNetwork network;

    @TempDir private Path folder;

    @BeforeAll
    static void build() {
        network = GuestNetwork.build(guestFolder);
    }

    @AfterAll
    static void remove() {
        if (network != null) {
            network.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"vj, NONE, true", "vj, MPPE_128, true", "novj, NONE, false"})
    void movesTheSameOctetsWithAndWithout(
            String word, PppdEncryption encryption, boolean compresses) {
        ServerFiles files = ServerFiles.in(folder).option(word);
        if (encryption == PppdEncryption.NONE) {
            files.withoutOption("require-mppe-128").option("nomppe");
        }
        try (ServerProcess server = ServerProcess.start(network.server(), files);
                Capture capture =
                        Capture.start(
                                network.server(), GuestNetwork.DEVICE, folder.resolve("vj.pcap"))) {
            PptpLinuxClient client = network.client(encryption, "noipv6");
            client.connect(ServerFiles.USER, ServerFiles.PASSWORD);
            expectEqualTransfers();
            assertThat(client.log()).contains(PPPD_OFFER);
            assertThat(SERVER_OFFER.matcher(client.log()).find()).isEqualTo(compresses);
            client.hangUp();
            capture.stop();
            if (encryption == PppdEncryption.NONE) {
                assertThat(hasCompressed(capture.frames(GuestNetwork.GUEST))).isEqualTo(compresses);
                assertThat(hasCompressed(capture.frames(GuestNetwork.SERVER)))
                        .isEqualTo(compresses);
            }
            assertThat(server.alive()).isTrue();
        }
    }

    private static void expectEqualTransfers() {
        try (Transfer transfer =
                Transfer.start(network.server(), ServerFiles.LOCAL_ADDRESS, TRANSFER_BYTES)) {
            Transfer.Digests down = transfer.download(network.guest());
            assertThat(down.received()).isEqualTo(down.sent());
            Transfer.Digests up = transfer.upload(network.guest());
            assertThat(up.received()).isEqualTo(up.sent());
        }
    }

    private static boolean hasCompressed(List<ByteBuffer> frames) {
        return frames.stream()
                .anyMatch(frame ->
                        PppFrame.decodeProtocol(frame.duplicate()) == PppProtocol.VJ_COMPRESSED);
    }
}
