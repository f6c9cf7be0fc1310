package dev.pptpd.ppp.ipv6cp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class Ipv6AddressTest {
    /** RFC 5952 section 4. */
    @ParameterizedTest
    @CsvSource({
        "::, ::",
        "::1, ::1",
        "2001:DB8::, 2001:db8::",
        "2001:0db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "fe80::200:ff:fe00:1, fe80::200:ff:fe00:1",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8"
    })
    void readsEveryFormAndShowsTheRecommendedOne(String text, String shown) {
        assertThat(Ipv6Address.parse(text).orElseThrow()).hasToString(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                ":::",
                "1",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "1::2::3",
                "12345::",
                "g::",
                "::1%eth0",
                "::192.0.2.1",
                " ::1",
                "-1::",
                "::\u0661"
            })
    void refusesAllElse(String text) {
        assertThat(Ipv6Address.parse(text)).isEmpty();
    }

    @Test
    void readsWhatItShows() {
        Random random = new Random(59_52);
        for (int n = 0; n < 20_000; n++) {
            long mask = 0xFFFF_0000_FFFF_0000L >>> random.nextInt(Long.SIZE);
            Ipv6Address address =
                    new Ipv6Address(random.nextLong() & mask, random.nextInt(0x1_0000) & mask);
            assertThat(Ipv6Address.parse(address.toString())).contains(address);
            assertThat(Ipv6Address.of(address.octets())).isEqualTo(address);
        }
    }

    @Test
    void knowsLinkLocalAndMulticastAddresses() {
        assertThat(new InterfaceIdentifier(7).linkLocal()).hasToString("fe80::7");
        assertThat(new InterfaceIdentifier(7).linkLocal().isLinkLocal()).isTrue();
        assertThat(Ipv6Address.parse("fec0::1").orElseThrow().isLinkLocal()).isFalse();
        assertThat(Ipv6Address.ALL_ROUTERS.isMulticast()).isTrue();
        assertThat(Ipv6Address.parse("2001:db8::1").orElseThrow().isMulticast()).isFalse();
    }
}
