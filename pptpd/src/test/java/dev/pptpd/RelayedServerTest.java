package dev.pptpd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pptpd.config.HostResolver;
import dev.pptpd.config.RelayConfig;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class RelayedServerTest {
    private static final String OLD = "10.88.0.2";
    private static final String OWN = "10.77.0.1";
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final NameServer names = new NameServer();

    /** One name, whose address changes, and one address of this host. */
    private static final class NameServer implements HostResolver {
        private volatile String address = OLD;
        private final AtomicInteger asked = new AtomicInteger();

        @Override
        public Optional<Ipv4Address> resolve(String name) {
            asked.incrementAndGet();
            return Ipv4Address.parse(address);
        }

        @Override
        public boolean isOfThisHost(Ipv4Address address) {
            return address.toString().equals(OWN);
        }
    }

    @Test
    void followsItsNameToAnotherAddress() {
        RelayedServer server = server(1723);
        names.address = "10.88.0.3";
        server.onUnreachable();
        await().atMost(LIMIT).until(() -> shown(server).equals("10.88.0.3"));
    }

    @Test
    void keepsItsAddressWhenTheNameLeadsToTheRelayItself() {
        RelayedServer server = server(1723);
        names.address = OWN;
        server.onUnreachable();
        await().atMost(LIMIT).until(() -> names.asked.get() == 1);
        // It asks again once the first answer has been dealt with.
        await().atMost(LIMIT)
                .until(() -> {
                    server.onUnreachable();
                    return names.asked.get() > 1;
                });
        assertThat(shown(server)).isEqualTo(OLD);
    }

    @Test
    void followsItsNameToAnotherPortOfThisHost() {
        RelayedServer server = server(1724);
        names.address = OWN;
        server.onUnreachable();
        await().atMost(LIMIT).until(() -> shown(server).equals(OWN));
    }

    private RelayedServer server(int port) {
        Ipv4Address address = Ipv4Address.parse(OLD).orElseThrow();
        return new RelayedServer(
                new RelayConfig(
                        Ipv4Address.ANY,
                        "vpn.example",
                        address,
                        port,
                        10,
                        5,
                        false,
                        Path.of("relay.pid")),
                names);
    }

    private static String shown(RelayedServer server) {
        return server.address().getAddress().getHostAddress();
    }
}
