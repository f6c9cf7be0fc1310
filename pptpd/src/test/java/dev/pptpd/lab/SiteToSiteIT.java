package dev.pptpd.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example of docs/site-to-site.md: two networks that reach each other through one tunnel.
 *
 * <pre>
 *   [ branch ] 10.2.0.2 == 10.2.0.1 [ client ] 10.77.0.2 == 10.77.0.1 [ server ] 10.1.0.1 == 10.1.0.2 [ head ]
 * </pre>
 */
final class SiteToSiteIT {
    private static final String SERVER = "10.77.0.1";
    private static final String HEAD_HOST = "10.1.0.2";
    private static final String BRANCH_HOST = "10.2.0.2";
    private static final int TRANSFER_OCTETS = 5_000_000;

    @TempDir private Path folder;

    @Test
    void hostsOfBothNetworksReachEachOther() {
        ServerFiles files =
                ServerFiles.in(folder)
                        .secret("branch * office-link 10.99.0.200 -- route 10.2.0.0/16");
        try (Namespace branch = Namespace.create("branch");
                Namespace client = Namespace.create("client");
                Namespace server = Namespace.create("server");
                Namespace head = Namespace.create("head")) {
            join(branch, BRANCH_HOST, client, "10.2.0.1");
            join(client, "10.77.0.2", server, SERVER);
            join(head, HEAD_HOST, server, "10.1.0.1");
            branch.route("default", "10.2.0.1");
            head.route("default", "10.1.0.1");
            client.forwardIpv4();
            server.forwardIpv4();
            try (ServerProcess serving = ServerProcess.start(server, files);
                    ClientProcess pptp =
                            ClientProcess.launch(
                                    client,
                                    folder,
                                    "office-link",
                                    SERVER,
                                    "--user",
                                    "branch",
                                    "--route",
                                    "10.1.0.0/16",
                                    "--persist")) {
                pptp.awaitConnected();
                LogEvent up =
                        serving.awaitEvent(
                                LogEvent.SESSION_UP, event -> true, Duration.ofSeconds(10));
                assertThat(up.field("routes")).isEqualTo("10.2.0.0/16");

                expectPings(branch, HEAD_HOST);
                expectPings(head, BRANCH_HOST);
                TunnelTransfer.expectEqual(branch, head, HEAD_HOST, TRANSFER_OCTETS);
                TunnelTransfer.expectEqual(head, branch, BRANCH_HOST, TRANSFER_OCTETS);
            }
        }
    }

    private static void join(Namespace one, String address, Namespace other, String otherAddress) {
        String device = "to-" + address;
        String otherDevice = "to-" + otherAddress;
        one.veth(device, other, otherDevice);
        one.address(device, address + "/24");
        other.address(otherDevice, otherAddress + "/24");
    }

    private static void expectPings(Namespace from, String address) {
        assertThat(
                        from.command("ping", "-q", "-c", "50", "-i", "0.02", "-W", "5", address)
                                .expectSuccess())
                .contains("50 received");
    }
}
