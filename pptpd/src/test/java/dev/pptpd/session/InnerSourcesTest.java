package dev.pptpd.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InnerSourcesTest {
    private static final InnerSources SITE =
            InnerSources.of(
                    address("10.99.0.10"),
                    List.of(network("10.2.0.0/16"), network("192.168.7.128/25")));

    @ParameterizedTest
    @CsvSource({
        "10.99.0.10, true",
        "10.99.0.11, false",
        "10.2.0.0, true",
        "10.2.255.255, true",
        "10.1.255.255, false",
        "10.3.0.0, false",
        "192.168.7.128, true",
        "192.168.7.127, false",
        "0.0.0.0, false",
        "255.255.255.255, false"
    })
    void permitsASiteItsAddressAndItsNetworks(String source, boolean permitted) {
        assertThat(SITE.permit(address(source).value())).isEqualTo(permitted);
    }

    @Test
    void permitsOneAddressAlone() {
        InnerSources one = InnerSources.only(address("10.99.0.10"));
        assertThat(one.permit(address("10.99.0.10").value())).isTrue();
        assertThat(one.permit(address("10.2.0.7").value())).isFalse();
    }

    @Test
    void permitsEveryAddressToAServer() {
        for (String source : List.of("0.0.0.0", "10.2.0.7", "127.0.0.1", "255.255.255.255")) {
            assertThat(InnerSources.any().permit(address(source).value())).isTrue();
        }
    }

    @Test
    void isAValue() {
        assertThat(InnerSources.only(address("10.0.0.1")))
                .isEqualTo(InnerSources.of(address("10.0.0.1"), List.of()))
                .isNotEqualTo(SITE)
                .hasToString("10.0.0.1");
        assertThat(SITE).hasToString("10.99.0.10 10.2.0.0/16 192.168.7.128/25");
    }

    private static Ipv4Address address(String text) {
        return Ipv4Address.parse(text).orElseThrow();
    }

    private static Ipv4Network network(String text) {
        return Ipv4Network.parse(text).orElseThrow();
    }
}
