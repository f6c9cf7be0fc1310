package dev.pptpd.auth;

import static dev.pptpd.auth.SecretLine.line;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.auth.AddressPermissions.Rule;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ChapSecretsTest {
    private static final ChapSecrets SECRETS =
            new ChapSecrets(
                    List.of(
                            line("*", "*", "0"),
                            line("*", "vpn", "1"),
                            line("bob", "*", "2"),
                            line("bob", "vpn", "3"),
                            line("bob", "vpn", "4"),
                            line("eve", "other", "5")));

    @ParameterizedTest
    @CsvSource({
        "bob, vpn, 3",
        "bob, x, 2",
        "eve, vpn, 1",
        "eve, other, 5",
        "eve, x, 0",
        "BOB, x, 0",
        "*, x, 0"
    })
    void findsTheBestAndThenTheFirst(String client, String server, String secret) {
        Secret found = SECRETS.find(client, server).orElseThrow().credential().secret();
        assertThat(new String(found.octets(), UTF_8)).isEqualTo(secret);
    }

    @Test
    void findsNothingForAnotherServer() {
        ChapSecrets secrets = new ChapSecrets(List.of(line("bob", "vpn", "s")));
        assertThat(secrets.find("bob", "VPN")).isEmpty();
        assertThat(secrets.find("ann", "vpn")).isEmpty();
        assertThat(secrets.hasLineFor("vpn")).isTrue();
        assertThat(secrets.hasLineFor("VPN")).isFalse();
    }

    @Test
    void wipesEverySecret() {
        ChapSecret line = line("bob", "vpn", "s");
        new ChapSecrets(List.of(line)).close();
        assertThat(line.credential().secret().octets()).containsExactly(0);
    }

    @Test
    void forbidsEveryAddressWithoutRules() {
        assertThat(AddressPermissions.NONE.permits(address("10.0.0.1"), 0)).isFalse();
        assertThat(AddressPermissions.NONE.fixedAddress(0)).isEmpty();
    }

    @Test
    void letsTheFirstRuleDecide() {
        AddressPermissions permissions =
                new AddressPermissions(
                        List.of(
                                new Rule.Network(false, network("10.0.0.5/32")),
                                new Rule.Network(true, network("10.0.0.0/24")),
                                new Rule.Network(true, network("10.9.0.1/32"))));
        assertThat(permissions.permits(address("10.0.0.5"), 0)).isFalse();
        assertThat(permissions.permits(address("10.0.0.6"), 0)).isTrue();
        assertThat(permissions.permits(address("10.0.1.6"), 0)).isFalse();
        assertThat(permissions.fixedAddress(0)).contains(address("10.9.0.1"));
    }

    @Test
    void countsAddressesOfANetworkByUnit() {
        AddressPermissions permissions =
                new AddressPermissions(
                        List.of(new Rule.UnitOfNetwork(true, network("10.0.0.8/30"))));
        assertThat(permissions.fixedAddress(0)).contains(address("10.0.0.9"));
        assertThat(permissions.permits(address("10.0.0.11"), 2)).isTrue();
        assertThat(permissions.permits(address("10.0.0.9"), 2)).isFalse();
        assertThat(permissions.fixedAddress(3)).isEmpty();
    }

    @Test
    void namesNoFixedAddressWhereAnyIsAllowed() {
        assertThat(AddressPermissions.ANY.permits(address("1.2.3.4"), 7)).isTrue();
        assertThat(AddressPermissions.ANY.fixedAddress(7)).isEmpty();
    }

    private static Ipv4Address address(String text) {
        return Ipv4Address.parse(text).orElseThrow();
    }

    private static Ipv4Network network(String text) {
        return Ipv4Network.parse(text).orElseThrow();
    }
}
