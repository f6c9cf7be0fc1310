package dev.pptpd.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.address.Ipv6Network;
import dev.pptpd.ppp.ipv6cp.InterfaceIdentifier;
import dev.pptpd.ppp.ipv6cp.Ipv6Address;
import dev.pptpd.ppp.ipv6cp.Ipv6cpConfiguration;
import dev.pptpd.ppp.vj.VjParameters;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The words about IPv6 and header compression, and the keys about prefixes. */
final class NetworkWordsTest {
    private final Findings findings = new Findings();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "novj novjccomp noipv6",
                "vj -vj +ipv6 -ipv6",
                "vj-max-slots 8 novjccomp",
                "ipv6 ::1,::2 noipv6"
            })
    void carriesPlainIpv4UnlessSaidOtherwise(String words) {
        NetworkOptions network = read(words);
        assertThat(network.vj()).isEmpty();
        assertThat(network.ipv6()).isEmpty();
        assertThat(findings.errors()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "vj, 16, true",
        "vj vj-max-slots 8, 8, true",
        "novj vj novjccomp, 16, false",
        "vj-max-slots 2 -vjccomp vj, 2, false"
    })
    void compressesHeadersWhereThatIsWanted(String words, int slots, boolean omitsSlot) {
        assertThat(read(words).vj()).contains(new VjParameters(slots, omitsSlot));
        assertThat(findings.errors()).isEmpty();
    }

    /** Where the host has no network card it says so, and draws one. */
    @Test
    void takesTheIdentifierOfANetworkCard() {
        Optional<InterfaceIdentifier> card = HostResolver.system().hardwareIdentifier();
        assertThat(read("+ipv6 ipv6cp-use-persistent").ipv6().orElseThrow().local())
                .isEqualTo(card);
        assertThat(findings.warnings())
                .filteredOn(warning -> warning.text().startsWith("no network card"))
                .hasSize(card.isPresent() ? 0 : 1);
        assertThat(read("+ipv6 ipv6cp-use-persistent ipv6 ::7").ipv6().orElseThrow().local())
                .contains(new InterfaceIdentifier(7));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "+ipv6             | 0 | 0",
                "ipv6 ,            | 0 | 0",
                "ipv6 ::1          | 1 | 0",
                "ipv6 ::1,::2      | 1 | 2",
                "ipv6 ,::a         | 0 | 10",
                "noipv6 ipv6 ::1,  | 1 | 0"
            })
    void carriesIpv6WithTheIdentifiersThatAreNamed(String words, long local, long remote) {
        Ipv6cpConfiguration ipv6 = read(words).ipv6().orElseThrow();
        assertThat(ipv6.local()).isEqualTo(identifier(local));
        assertThat(ipv6.remote()).isEqualTo(identifier(remote));
        assertThat(findings.errors()).isEmpty();
    }

    private static Optional<InterfaceIdentifier> identifier(long value) {
        return value == 0 ? Optional.empty() : Optional.of(new InterfaceIdentifier(value));
    }

    @Test
    void readsTheOtherWordsAboutIpv6cp() {
        NetworkOptions network =
                read(
                        "+ipv6 ipv6cp-accept-local ipv6cp-accept-remote ipv6cp-use-ipaddr"
                                + " ipv6cp-restart 4 ipv6cp-max-configure 5"
                                + " ipv6cp-max-failure 6 ipv6cp-max-terminate 7");
        assertThat(network.ipv6().orElseThrow().acceptsLocal()).isTrue();
        assertThat(network.ipv6().orElseThrow().acceptsRemote()).isTrue();
        assertThat(network.identifiersFromIpv4()).isTrue();
        assertThat(network.ipv6cpLimits()).isEqualTo(new NegotiationLimits(4, 5, 6, 7));
        assertThat(findings.errors()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vj-max-slots 1",
                "vj-max-slots 17",
                "ipv6 ::1,::1",
                "ipv6 ::1,::2,::3",
                "ipv6 fe80::1",
                "ipv6 x,"
            })
    void refusesWhatIsNotPossible(String words) {
        read(words);
        assertThat(findings.errors()).isNotEmpty();
        assertThat(findings.errors().getFirst().expected()).isNotEmpty();
    }

    @Test
    void readsThePrefixesAndTheirNameServers() {
        Ipv6Prefixes prefixes =
                keys(
                        Map.of(
                                ServerKey.IPV6PREFIX, "2001:db8:0:100::/56",
                                ServerKey.IPV6DNS, "2001:db8::53 2001:db8::54"),
                        256,
                        true);
        assertThat(prefixes.pool()).isEqualTo(Ipv6Network.parse("2001:db8:0:100::/56"));
        assertThat(prefixes.dns())
                .extracting(Ipv6Address::toString)
                .containsExactly("2001:db8::53", "2001:db8::54");
        assertThat(findings.errors()).isEmpty();
        assertThat(findings.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "IPV6PREFIX, 2001:db8::/57", // 128 prefixes for 256 sessions
        "IPV6PREFIX, 2001:db8::",
        "IPV6PREFIX, 2001:db8::/65",
        "IPV6PREFIX, fe80::/48",
        "IPV6PREFIX, ff02::/48",
        "IPV6PREFIX, ::/0",
        "IPV6DNS, 192.0.2.53",
        "IPV6DNS, 2001:db8::1 2001:db8::2 2001:db8::3"
    })
    void refusesPrefixesThatCannotServe(ServerKey key, String value) {
        keys(Map.of(key, value), 256, true);
        assertThat(findings.errors()).hasSize(1);
        assertThat(findings.errors().getFirst().place().line()).isEqualTo(3);
    }

    @Test
    void saysThatAPrefixIsOfNoEffectWithoutIpv6() {
        keys(Map.of(ServerKey.IPV6PREFIX, "2001:db8:0:100::/56"), 1, false);
        assertThat(findings.warnings()).hasSize(1);
    }

    private Ipv6Prefixes keys(Map<ServerKey, String> values, int slots, boolean carriesIpv6) {
        Map<ServerKey, Setting> settings = new EnumMap<>(ServerKey.class);
        values.forEach((key, value) ->
                settings.put(key, new Setting(key, value, new Place("pptpd.conf", 3))));
        return Ipv6Keys.read(settings, slots, carriesIpv6, findings);
    }

    private NetworkOptions read(String words) {
        OptionState state = new OptionState(_ -> Optional.empty(), findings);
        new OptionsReader(state, Path.of("no-such-directory"))
                .read(new SourceText("options", ("noauth " + words).getBytes(UTF_8)));
        SecretFileGuard guard = new SecretFileGuard(Set.of(), findings);
        return OptionPolicies.build(state, "host", new Place("options", 1), guard).network();
    }
}
