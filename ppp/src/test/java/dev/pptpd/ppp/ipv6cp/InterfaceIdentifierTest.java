package dev.pptpd.ppp.ipv6cp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InterfaceIdentifierTest {
    /** RFC 4291 appendix A, and a card with an address of its administrator's. */
    @ParameterizedTest
    @CsvSource({
        "34567890abcd, 3656:78ff:fe90:abcd",
        "3656789abcde, 3456:78ff:fe9a:bcde",
        "ffffffffffff, fdff:ffff:feff:ffff"
    })
    void isThatOfANetworkCard(String address, String identifier) {
        assertThat(InterfaceIdentifier.ofEthernet(HexFormat.of().parseHex(address)))
                .hasToString(identifier);
    }

    @Test
    void isNoneOrSomething() {
        assertThat(InterfaceIdentifier.NONE.isNone()).isTrue();
        assertThat(new InterfaceIdentifier(1).isNone()).isFalse();
    }
}
