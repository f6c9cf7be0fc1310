package dev.pptpd.address;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.ppp.ipv6cp.Ipv6Address;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class Ipv6NetworkTest {
    @ParameterizedTest
    @CsvSource({
        "2001:db8::/56, 2001:db8::/56, 256",
        "2001:db8:0:ff::/56, 2001:db8::/56, 256",
        "2001:db8::1/64, 2001:db8::/64, 1",
        "::/0, ::/0, 2147483647"
    })
    void readsABlockAndClearsWhatIsBehindItsPrefix(String text, String shown, int links) {
        Ipv6Network network = Ipv6Network.parse(text).orElseThrow();
        assertThat(network).hasToString(shown);
        assertThat(network.links()).isEqualTo(links);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2001:db8::", "2001:db8::/65", "2001:db8::/", "x/64", "::/-1"})
    void refusesAllElse(String text) {
        assertThat(Ipv6Network.parse(text)).isEmpty();
    }

    @Test
    void hasAPrefixForEachLink() {
        Ipv6Network network = Ipv6Network.parse("2001:db8:0:100::/56").orElseThrow();
        assertThat(network.link(0)).hasToString("2001:db8:0:100::/64");
        assertThat(network.link(255)).hasToString("2001:db8:0:1ff::/64");
        assertThat(network.overlaps(network.link(255))).isTrue();
        assertThat(network.link(3).overlaps(network.link(4))).isFalse();
        long inside = Ipv6Address.parse("2001:db8:0:1ff::9").orElseThrow().high();
        assertThat(network.contains(inside)).isTrue();
        assertThat(network.contains(inside + 1)).isFalse();
    }
}
