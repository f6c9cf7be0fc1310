package dev.pptpd.address;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.ppp.ipcp.Ipv4Address;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Ipv4NetworkTest {
    @Test
    void networkHoldsItsAddressesAlone() {
        Ipv4Network network = Ipv4Network.parse("10.1.2.3/30").orElseThrow();
        assertThat(network).hasToString("10.1.2.0/30");
        assertThat(network.size()).isEqualTo(4);
        assertThat(network.contains(new Ipv4Address(0x0A01_0203))).isTrue();
        assertThat(network.contains(new Ipv4Address(0x0A01_0204))).isFalse();
        assertThat(Ipv4Network.ALL.contains(new Ipv4Address(-1))).isTrue();
    }

    @Test
    void overlapsWhatHasAnAddressInCommon() {
        Ipv4Network site = Ipv4Network.parse("10.2.0.0/16").orElseThrow();
        assertThat(site.overlaps(site)).isTrue();
        assertThat(site.overlaps(Ipv4Network.parse("10.2.3.0/24").orElseThrow())).isTrue();
        assertThat(site.overlaps(Ipv4Network.parse("10.0.0.0/8").orElseThrow())).isTrue();
        assertThat(site.overlaps(Ipv4Network.parse("10.3.0.0/16").orElseThrow())).isFalse();
        assertThat(site.mask()).isEqualTo(0xFFFF_0000);
        assertThat(Ipv4Network.ALL.mask()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0", "10.0.0.0/33", "10.0.0.0/", "10.0.0/8", "10.0.0.0/-1"})
    void refusesWhatIsNoNetwork(String text) {
        assertThat(Ipv4Network.parse(text)).isEmpty();
    }
}
