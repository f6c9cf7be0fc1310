package dev.pptpd.ppp.ipcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Ipv4AddressTest {
    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "10.0.0.1", "192.168.255.254", "255.255.255.255"})
    void printsWhatItParses(String text) {
        assertThat(Ipv4Address.parse(text).orElseThrow()).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "256.1.1.1",
                "1.2.3.",
                "1..2.3",
                "a.b.c.d",
                "1.2.3.-4",
                "1.2.3.0004",
                " 1.2.3.4"
            })
    void refusesWhatIsNoAddress(String text) {
        assertThat(Ipv4Address.parse(text)).isEmpty();
    }

    @Test
    void convertsToOctetsAndBack() {
        Ipv4Address address = new Ipv4Address(0xC0A8_01FE);
        assertThat(address.octets()).containsExactly(192, 168, 1, 254);
        assertThat(Ipv4Address.of(address.octets())).isEqualTo(address);
    }

    @Test
    void sortsHighAddressesBehindLowOnes() {
        assertThat(new Ipv4Address(0xFF00_0000)).isGreaterThan(new Ipv4Address(0x0A00_0001));
    }
}
