package dev.pptpd.ppp.ipcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Ipv4AddressTest {
    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "10.0.0.1", "192.168.255.254", "255.255.255.255"})
    void printsWhatItParses(String text) {
        Ipv4Address address = Ipv4Address.parse(text).orElseThrow();
        assertThat(address).hasToString(text);
        assertThat(Ipv4Address.of(address.octets())).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "1.2.3.-4",
                "1.2.3.0004",
                "1..3.4",
                "1.2.3.4 ",
                "a.b.c.d",
                "+1.2.3.4",
                "0x1.2.3.4",
                "1.2.3.\u0664"
            })
    void parsesNothingElse(String text) {
        assertThat(Ipv4Address.parse(text)).isEmpty();
    }

    @Test
    void ordersByOctetsWithoutASign() {
        Ipv4Address low = Ipv4Address.parse("10.0.0.1").orElseThrow();
        Ipv4Address high = Ipv4Address.parse("200.0.0.1").orElseThrow();
        assertThat(low).isLessThan(high);
        assertThat(Ipv4Address.ANY).isLessThan(low);
    }

    @Test
    void hasFourOctets() {
        assertThatIllegalArgumentException().isThrownBy(() -> Ipv4Address.of(new byte[3]));
    }
}
