package dev.pptpd.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HostNetworksTest {
    private static final HostNetworks HOST =
            HostNetworks.of(
                    List.of(
                            route(HostRoute.Kind.UNICAST, "0.0.0.0/0", 2, "10.1.0.53"),
                            route(HostRoute.Kind.UNICAST, "0.0.0.0/1", 9),
                            route(HostRoute.Kind.UNICAST, "10.1.0.0/16", 2),
                            route(HostRoute.Kind.UNICAST, "10.1.7.0/24", 5),
                            route(HostRoute.Kind.UNICAST, "10.7.0.0/16", 2, "10.1.0.7", "10.1.0.8"),
                            route(HostRoute.Kind.LOCAL, "10.1.0.1/32", 2),
                            route(HostRoute.Kind.LOCAL, "127.0.0.0/8", 1),
                            route(HostRoute.Kind.BROADCAST, "10.9.0.255/32", 2),
                            route(HostRoute.Kind.OTHER, "10.66.0.0/16", 0)));

    @Test
    void knowsWhatIsTheHostsAndItsNeighbours() {
        assertThat(HOST.owner(address("10.1.0.1"))).contains("it is an address of this host");
        assertThat(HOST.owner(address("127.3.2.1"))).contains("it is an address of this host");
        for (String gateway : List.of("10.1.0.53", "10.1.0.7", "10.1.0.8")) {
            assertThat(HOST.owner(address(gateway))).contains("it is a gateway of this host");
        }
        for (String broadcast : List.of("10.9.0.255", "10.1.255.255", "10.1.7.0", "10.1.0.0")) {
            assertThat(HOST.owner(address(broadcast))).as(broadcast).isPresent();
        }
        assertThat(HOST.owner(address("10.1.0.54"))).isEmpty();
        assertThat(HOST.owner(address("10.66.0.1"))).isEmpty();
    }

    @Test
    void knowsTheSmallestNetworkThatIsConnected() {
        assertThat(HOST.elsewhere(address("10.1.0.54"), 5)).contains(network("10.1.0.0/16"));
        assertThat(HOST.elsewhere(address("10.1.7.9"), 5)).as("its own device").isEmpty();
        assertThat(HOST.elsewhere(address("10.1.7.9"), 2)).contains(network("10.1.7.0/24"));
        assertThat(HOST.elsewhere(address("10.7.0.1"), 5)).as("behind a gateway").isEmpty();
        assertThat(HOST.elsewhere(address("8.8.8.8"), 5)).as("half of everything").isEmpty();
    }

    private static HostRoute route(
            HostRoute.Kind kind, String destination, int interfaceIndex, String... gateways) {
        return new HostRoute(
                kind,
                network(destination),
                interfaceIndex,
                List.of(gateways).stream().map(HostNetworksTest::address).toList());
    }

    private static Ipv4Network network(String text) {
        return Ipv4Network.parse(text).orElseThrow();
    }

    private static Ipv4Address address(String text) {
        return Ipv4Address.parse(text).orElseThrow();
    }
}
