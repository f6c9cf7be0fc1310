package dev.pptpd.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.client.ClientArguments.Request;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RoutePlanTest {
    private static final Ipv4Address SERVER = address("192.0.2.1");
    private static final Ipv4Address INNER = address("10.99.0.1");

    @Test
    void leavesEverythingAloneWhenNothingIsAsked() throws ClientException {
        assertThat(plan(INNER, "")).isEqualTo(new RoutePlan(List.of(), false, false));
    }

    @Test
    void keepsTheServerOutOfTheTunnelThatLeadsEverywhere() throws ClientException {
        RoutePlan plan = plan(INNER, " --default-route");
        assertThat(plan.throughTunnel())
                .extracting(Ipv4Network::toString)
                .containsExactly("0.0.0.0/1", "128.0.0.0/1");
        assertThat(plan.pinsServer()).isTrue();
        assertThat(plan.throughTunnel()).allMatch(plan::isVital);
    }

    @Test
    void canDoWithoutARouteToOneNetwork() throws ClientException {
        RoutePlan plan = plan(INNER, " --route 10.1.0.0/16 --route 0.0.0.0/1");
        assertThat(plan.throughTunnel()).hasSize(2).noneMatch(plan::isVital);
    }

    @Test
    void takesARouteToEverythingForTheDefaultRoute() throws ClientException {
        assertThat(plan(INNER, " --route 0.0.0.0/0 --default-route"))
                .isEqualTo(plan(INNER, " --default-route"));
    }

    @Test
    void keepsTheServerOutOfANetworkThatHasItsAddress() throws ClientException {
        assertThat(plan(INNER, " --route 192.0.0.0/16").pinsServer()).isTrue();
        assertThat(plan(INNER, " --route 192.1.0.0/16").pinsServer()).isFalse();
    }

    /** The device's own route to its peer would lead there as well. */
    @Test
    void keepsAServerOutWhoseTwoAddressesAreTheSame() throws ClientException {
        assertThat(plan(SERVER, "").pinsServer()).isTrue();
    }

    private static RoutePlan plan(Ipv4Address inner, String flags) throws ClientException {
        Request request = ClientArguments.parse("1", ("h --user u" + flags).split(" "));
        return RoutePlan.of(((Request.Connect) request).arguments(), SERVER, inner);
    }

    private static Ipv4Address address(String text) {
        return Ipv4Address.parse(text).orElseThrow();
    }
}
