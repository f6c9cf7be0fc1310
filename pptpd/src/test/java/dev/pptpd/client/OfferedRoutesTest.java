package dev.pptpd.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.client.ClientArguments.Request;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OfferedRoutesTest {
    private static final Ipv4Address SERVER = address("192.0.2.1");
    private static final Ipv4Address INNER = address("10.99.0.1");
    private static final Ipv4Address OWN = address("10.99.0.10");

    @ParameterizedTest
    @CsvSource({
        "10.1.0.0/16,    ''",
        "10.0.0.0/8,     ''",
        "8.8.8.8/32,     ''",
        "0.0.0.0/0,      'it is nearly everything, which takes --default-route'",
        "0.0.0.0/1,      'it is nearly everything, which takes --default-route'",
        "128.0.0.0/1,    'it is nearly everything, which takes --default-route'",
        "192.0.2.1/32,   'the server''s own address lies in it'",
        "192.0.2.0/24,   'the server''s own address lies in it'",
        "10.99.0.10/32,  'it is an end of the tunnel'",
        "127.0.0.0/8,    'it is no network of hosts elsewhere'",
        "169.254.0.0/16, 'it is no network of hosts elsewhere'",
        "224.0.0.0/8,    'it is no network of hosts elsewhere'",
        "255.255.255.255/32, 'it is no network of hosts elsewhere'",
    })
    void refusesWhatWouldLeadPacketsAstray(String network, String reason) throws ClientException {
        OfferedRoutes routes = judge("", network);
        assertThat(routes.accepted()).hasSize(reason.isEmpty() ? 1 : 0);
        assertThat(routes.refused())
                .extracting(OfferedRoutes.Refused::reason)
                .containsExactlyElementsOf(reason.isEmpty() ? List.of() : List.of(reason));
    }

    @Test
    void acceptsANetworkWithTheServerWhereThatHasARouteOfItsOwn() throws ClientException {
        assertThat(judge(" --route 192.0.0.0/16", "192.0.2.0/24").accepted()).hasSize(1);
        assertThat(judge(" --default-route", "192.0.2.0/24").accepted()).hasSize(1);
        assertThat(judge(" --default-route", "192.0.2.1/32").accepted()).isEmpty();
    }

    @Test
    void addsNothingToWhatIsRoutedAlready() throws ClientException {
        assertThat(judge(" --route 10.1.0.0/16", "10.1.0.0/16", "10.2.0.0/16", "10.2.0.0/16"))
                .isEqualTo(
                        new OfferedRoutes(
                                List.of(Ipv4Network.parse("10.2.0.0/16").orElseThrow()),
                                List.of()));
    }

    @Test
    void takesNoMoreThanAnybodyNeeds() throws ClientException {
        List<String> many = new ArrayList<>();
        for (int count = 0; count < 100; count++) {
            many.add("10." + count + ".0.0/16");
        }
        OfferedRoutes routes = judge("", many.toArray(String[]::new));
        assertThat(routes.accepted()).hasSize(64);
        assertThat(routes.refused()).hasSize(36);
    }

    private static OfferedRoutes judge(String flags, String... networks) throws ClientException {
        Request request = ClientArguments.parse("1", ("h --user u" + flags).split(" "));
        ClientArguments arguments = ((Request.Connect) request).arguments();
        List<Ipv4Network> offer = new ArrayList<>();
        for (String network : networks) {
            offer.add(Ipv4Network.parse(network).orElseThrow());
        }
        return OfferedRoutes.judge(offer, RoutePlan.of(arguments, SERVER, INNER), SERVER, OWN);
    }

    private static Ipv4Address address(String text) {
        return Ipv4Address.parse(text).orElseThrow();
    }
}
