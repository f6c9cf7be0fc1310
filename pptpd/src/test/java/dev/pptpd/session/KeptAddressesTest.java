package dev.pptpd.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.auth.Account;
import dev.pptpd.auth.AddressPermissions;
import dev.pptpd.auth.AddressPermissions.Rule;
import dev.pptpd.auth.ChapSecret;
import dev.pptpd.auth.ChapSecrets;
import dev.pptpd.auth.Credential;
import dev.pptpd.auth.UserSettings;
import dev.pptpd.config.AddressSlots;
import dev.pptpd.limit.LimitChanges;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class KeptAddressesTest {
    private static final AddressSlots SLOTS =
            new AddressSlots(
                    List.of(address("10.99.0.1")),
                    List.of(address("10.99.0.10"), address("10.99.0.11")));

    @Test
    void keepsWhatUsersOfEitherFileHaveAsTheirOwn() {
        ChapSecrets chap = file(new Rule.Network(true, network("10.5.0.1/32")), UserSettings.NONE);
        ChapSecrets pap = file(new Rule.Network(true, network("10.5.0.2/32")), UserSettings.NONE);
        KeptAddresses kept = KeptAddresses.of(List.of(chap, pap), SLOTS, List.of());
        assertThat(kept.ofUsers())
                .containsExactlyInAnyOrder(address("10.5.0.1"), address("10.5.0.2"));
        assertThat(kept.ofUnits()).isEmpty();
        assertThat(kept.isOfUser(address("10.5.0.2"))).isTrue();
        assertThat(kept.isOfUser(address("10.5.0.3"))).isFalse();
    }

    @Test
    void keepsWhatUsersHaveAsTheirOwnOnOneOfTheInterfaces() {
        ChapSecrets chap =
                file(new Rule.UnitOfNetwork(true, network("10.6.0.0/24")), UserSettings.NONE);
        KeptAddresses kept = KeptAddresses.of(List.of(chap), SLOTS, List.of());
        assertThat(kept.ofUsers()).isEmpty();
        assertThat(kept.ofUnits())
                .containsExactlyInAnyOrder(address("10.6.0.1"), address("10.6.0.2"));
        assertThat(kept.isOfUser(address("10.6.0.2"))).isTrue();
    }

    @Test
    void keepsTheNameServersOfAllUsersAndOfOne() {
        ChapSecrets chap =
                file(new Rule.Network(true, Ipv4Network.ALL), nameServers("10.1.0.1", "10.1.0.2"));
        KeptAddresses kept = KeptAddresses.of(List.of(chap), SLOTS, List.of(address("10.1.0.3")));
        assertThat(kept.ofNameServers())
                .containsExactlyInAnyOrder(
                        address("10.1.0.1"), address("10.1.0.2"), address("10.1.0.3"));
    }

    @Test
    void keepsTheNetworksBehindUsersForThose() {
        ChapSecrets chap = site("10.2.0.0/16");
        ChapSecrets pap = site("10.2.3.0/24");
        KeptAddresses kept = KeptAddresses.of(List.of(chap, pap), SLOTS, List.of());
        List<Ipv4Network> wide = List.of(network("10.2.0.0/16"));
        assertThat(kept.isBehindAnotherUser(address("10.2.1.1"), List.of())).isTrue();
        assertThat(kept.isBehindAnotherUser(address("10.3.0.1"), List.of())).isFalse();
        assertThat(kept.isBehindAnotherUser(address("10.2.1.1"), wide)).as("his own").isFalse();
        assertThat(kept.isBehindAnotherUser(address("10.2.3.1"), wide)).as("in it").isTrue();
        List<Ipv4Network> narrow = List.of(network("10.2.3.0/24"));
        assertThat(kept.isBehindAnotherUser(address("10.2.3.1"), narrow)).isFalse();
        assertThat(kept.isBehindAnotherUser(address("10.2.1.1"), narrow)).isTrue();
    }

    private static ChapSecrets site(String network) {
        return file(
                new Rule.Network(true, Ipv4Network.ALL),
                UserSettings.NONE.withRoutes(List.of(network(network))));
    }

    private static ChapSecrets file(Rule rule, UserSettings settings) {
        return new ChapSecrets(
                List.of(
                        new ChapSecret(
                                "alice",
                                "*",
                                Credential.of("wonderland".getBytes(UTF_8)),
                                new AddressPermissions(List.of(rule)),
                                settings)));
    }

    private static UserSettings nameServers(String dns, String wins) {
        return new UserSettings(
                List.of(),
                List.of(address(dns)),
                List.of(address(wins)),
                OptionalInt.empty(),
                Optional.empty(),
                List.of(),
                LimitChanges.NONE,
                Optional.empty(),
                Account.OPEN,
                Optional.empty());
    }

    private static Ipv4Network network(String text) {
        return Ipv4Network.parse(text).orElseThrow();
    }

    private static Ipv4Address address(String text) {
        return Ipv4Address.parse(text).orElseThrow();
    }
}
