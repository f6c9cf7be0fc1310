package dev.pptpd.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.limit.OctetDirection;
import dev.pptpd.limit.SessionLimits;
import dev.pptpd.mppe.MppeStrength;
import dev.pptpd.ppp.auth.LoginMethod;
import dev.pptpd.ppp.ccp.MppeConfiguration;
import dev.pptpd.ppp.ccp.MppeHistory;
import dev.pptpd.ppp.ccp.MppePolicy;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OptionsReaderTest {
    private static final HostResolver RESOLVER =
            name -> Ipv4Address.parse("192.0.2.1").filter(found -> name.equals("known.example"));

    private final Findings findings = new Findings();

    @Test
    void acceptsTheWordsOfTwentyRealFiles() {
        read(
                """
                name pptpd
                nobsdcomp lock
                ms-dns 10.0.0.1 ms-dns 10.0.0.2
                proxyarp
                require-mschap-v2
                refuse-pap refuse-chap refuse-mschap
                novj novjccomp nodefaultroute
                require-mppe-128
                nologfd mtu 1490 mru 1490 auth
                plugin /usr/lib/pppd/2.4.5/radattr.so
                logfile /var/log/pptpd.log debug
                lcp-echo-failure 10 lcp-echo-interval 10 nodeflate
                +mschap-v2 192.168.0.1: default-asyncmap nomppc noipx refuse-eap
                mppe required,no40,no56,stateless
                dump syncppp 1 ipv6 ,
                """);
        assertThat(findings.errors()).isEmpty();
        assertThat(findings.warnings())
                .extracting(ConfigWarning::word)
                .containsExactlyInAnyOrder(
                        "proxyarp",
                        "/usr/lib/pppd/2.4.5/radattr.so",
                        "logfile",
                        "192.168.0.1:",
                        "dump");
    }

    @Test
    void readsTheStockFileOfDebianWithoutAWord() {
        read(
                """
                asyncmap 0
                auth
                crtscts
                lock
                hide-password
                modem
                lcp-echo-interval 30
                lcp-echo-failure 4
                noipx
                """);
        assertThat(findings.errors()).isEmpty();
        assertThat(findings.warnings()).isEmpty();
    }

    @Test
    void ignoresSerialLeftoversQuietly() {
        read(
                """
                auth lock nolock local modem crtscts nocrtscts cdtrcts xonxoff 115200 sync
                escape ff receive-all silent passive nodetach detach updetach up_sdnotify
                noipx ipx-network 1 nodefaultroute noreplacedefaultroute endpoint local:0
                noendpoint connect-delay 5 child-timeout 5 kdebug 7 privgroup dip holdoff 3
                maxfail 3 nopersist syncppp mpshortseq nompshortseq srp-interval 3 notty
                socket a:1 record /tmp/x stop-bits 1 datarate 9600
                """);
        assertThat(findings.errors()).isEmpty();
        assertThat(findings.warnings()).isEmpty();
    }

    @Test
    void readsEveryValue() {
        PppOptions options =
                read(
                        """
                        name vpn require-mschap-v2 chapms-strip-domain refuse-pap
                        require-mppe-128 mtu 1300 mru 0x514 nopcomp noaccomp nomagic asyncmap a0000
                        lcp-echo-interval 7 lcp-echo-failure 3 lcp-echo-adaptive
                        lcp-restart 1 lcp-max-configure 2 lcp-max-failure 3 lcp-max-terminate 4
                        ipcp-restart 5 ccp-max-configure 6
                        chap-restart 2 chap-max-challenge 4 chap-timeout 20 chap-interval 600
                        pap-restart 5 pap-max-authreq 6 pap-timeout 7
                        ms-dns 10.0.0.1 ms-dns 10.0.0.2 ms-dns known.example ms-wins 10.0.0.3
                        idle 60 maxconnect 3600 maxoctets 5000000000 debug
                        """);
        assertThat(findings.errors()).isEmpty();
        assertThat(options.serverName()).isEqualTo("vpn");
        assertThat(options.authentication())
                .isEqualTo(
                        new AuthenticationPolicy(
                                Set.of(AuthenticationMethod.MS_CHAP_V2),
                                Set.of(AuthenticationMethod.PAP),
                                true,
                                false));
        assertThat(options.encryption())
                .isEqualTo(
                        new MppeConfiguration(MppePolicy.REQUIRE, Set.of(MppeStrength.BITS_128)));
        assertThat(options.lcp())
                .isEqualTo(
                        new LcpOptions(
                                1300, 1300, true, true, 0xA0000, false, false, false, 7, 3, true,
                                false));
        assertThat(options.lcpLimits()).isEqualTo(new NegotiationLimits(1, 2, 3, 4));
        assertThat(options.ipcpLimits()).isEqualTo(new NegotiationLimits(5, 10, 10, 3));
        assertThat(options.ccpLimits()).isEqualTo(new NegotiationLimits(3, 6, 10, 3));
        assertThat(options.chapLimits()).isEqualTo(new ChapLimits(2, 4, 20, 600));
        assertThat(options.papLimits()).isEqualTo(new PapLimits(5, 6, 7));
        assertThat(options.dnsServers())
                .extracting(Ipv4Address::toString)
                .containsExactly("10.0.0.1", "192.0.2.1");
        assertThat(options.winsServers())
                .extracting(Ipv4Address::toString)
                .containsExactly("10.0.0.3");
        assertThat(options.tunnel().limits())
                .isEqualTo(
                        new SessionLimits(
                                60,
                                3600,
                                5_000_000_000L,
                                OctetDirection.SUM,
                                SessionLimits.DEFAULT_OCTETS_CHECK_SECONDS));
        assertThat(options.debug()).isTrue();
    }

    @Test
    void hasTheDefaultsOfTheProject() {
        PppOptions options = read("auth");
        assertThat(options.serverName()).isEqualTo("host");
        assertThat(options.lcp())
                .isEqualTo(
                        new LcpOptions(
                                1400, 1400, true, true, 0, true, true, true, 30, 4, false, false));
        assertThat(options.encryption().policy()).isEqualTo(MppePolicy.ALLOW);
        assertThat(options.authentication().accepted())
                .containsExactly(AuthenticationMethod.MS_CHAP_V2);
        assertThat(options.lcpLimits()).isEqualTo(new NegotiationLimits(3, 10, 10, 3));
        assertThat(options.chapLimits()).isEqualTo(new ChapLimits(3, 10, 60, 0));
        assertThat(options.papLimits()).isEqualTo(new PapLimits(3, 10, 30));
    }

    @Test
    void readsWhatBecomesOfPacketsInATunnel() {
        TunnelOptions options =
                read("auth nomssclamp nodhcp ipcp-accept-remote dhcp-domain corp.example.com"
                                + " dhcp-route 10.1.0.0/16"
                                + " dhcp-route 192.168.7.128/25 maxoctets 5 mo-direction max"
                                + " mo-timeout 7")
                        .tunnel();
        assertThat(findings.errors()).isEmpty();
        assertThat(findings.warnings()).isEmpty();
        assertThat(options)
                .isEqualTo(
                        new TunnelOptions(
                                false,
                                false,
                                true,
                                "corp.example.com",
                                List.of(network("10.1.0.0/16"), network("192.168.7.128/25")),
                                new SessionLimits(0, 0, 5, OctetDirection.MAX, 7)));
        assertThat(read("auth").tunnel()).isEqualTo(TunnelOptions.DEFAULT);
    }

    @Test
    void tellsDhcpClientsItsOwnDomainUnlessThereIsAnother() {
        assertThat(read("auth domain example.com").tunnel().dhcpDomain()).isEqualTo("example.com");
        assertThat(read("auth domain a dhcp-domain b").tunnel().dhcpDomain()).isEqualTo("b");
        assertThat(read("auth domain 'a b'").tunnel().dhcpDomain()).isEmpty();
    }

    @Test
    void refusesMoreRoutesThanAnAnswerHolds() {
        StringBuilder words = new StringBuilder("auth");
        for (int index = 0; index < 29; index++) {
            words.append(" dhcp-route 10.0.0.").append(index).append("/32");
        }
        read(words.toString());
        assertThat(findings.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.toString()).contains("10.0.0.28/32"));
    }

    private static Ipv4Network network(String text) {
        return Ipv4Network.parse(text).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "debug, ALLOW, 128",
        "require-mppe, REQUIRE, 40 128",
        "+mppe, REQUIRE, 40 128",
        "require-mppe nomppe-40, REQUIRE, 128",
        "require-mppe-128, REQUIRE, 128",
        "require-mppe require-mppe-128, REQUIRE, 128",
        "'mppe required,no40,no56,stateless', REQUIRE, 128",
        "'mppe required,no40', REQUIRE, 56 128",
        "'mppe required', REQUIRE, 40 56 128",
        "'mppe stateless', PREFER, 40 56 128",
        "'mppe preferred,no40', PREFER, 56 128",
        "'mppe allowed,no40,no56', ALLOW, 128",
        "nomppc, ALLOW, 128",
        "nomppe-40, ALLOW, 128",
        "nomppe, DENY, ''",
        "noccp, DENY, ''",
        "nomppe require-mppe, REQUIRE, 40 128"
    })
    void understandsEveryWayToAskForEncryption(String words, MppePolicy policy, String bits) {
        PppOptions options = read("auth " + words);
        assertThat(findings.errors()).isEmpty();
        assertThat(options.encryption().policy()).isEqualTo(policy);
        assertThat(strengths(options)).isEqualTo(bits);
    }

    private static String strengths(PppOptions options) {
        return options.encryption().strengths().stream()
                .map(MppeStrength::bits)
                .sorted()
                .map(String::valueOf)
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "require-mppe, STATELESS, false",
        "require-mppe mppe-stateful, STATELESS_FIRST, false",
        "require-mppe mppe-stateful nomppe-stateful, STATELESS, false",
        "'mppe required', STATELESS_FIRST, false",
        "'mppe required,stateless', STATELESS, false",
        "'mppe required,stateful', STATEFUL, false",
        "'mppe required,stateless mppc', STATELESS, true",
        "nomppe mppc, STATELESS, true",
        "mppc nomppc, STATELESS, false",
        "mppc noccp, STATELESS, false"
    })
    void understandsHistoryAndCompression(String words, MppeHistory history, boolean compresses) {
        PppOptions options = read("auth " + words);
        assertThat(findings.errors()).isEmpty();
        assertThat(findings.warnings()).isEmpty();
        assertThat(options.encryption().history()).isEqualTo(history);
        assertThat(options.encryption().compresses()).isEqualTo(compresses);
    }

    @ParameterizedTest
    @CsvSource({
        "require-mppe-40, BITS_40",
        "+mppe-40, BITS_40",
        "require-mppe-56, BITS_56",
        "require-mppe-128 require-mppe-56 nomppe-56, BITS_128",
        "require-mppe-40 require-mppe-128, BITS_40 BITS_128",
        "require-mppe-40 require-mppe-128 nomppe-40, BITS_128",
        "require-mppe-40 require-mppe-128 nomppe-128, BITS_40"
    })
    void acceptsShorterKeysOnlyWhereTheyAreNamed(String words, String strengths) {
        PppOptions options = read("auth " + words);
        assertThat(findings.errors()).isEmpty();
        assertThat(options.encryption().policy()).isEqualTo(MppePolicy.REQUIRE);
        assertThat(options.encryption().strengths())
                .extracting(MppeStrength::name)
                .containsExactlyInAnyOrder(strengths.split(" ", -1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "require-pap require-mppe",
                "require-chap require-mppe-128",
                "+pap +chap +mppe",
                "auth require-mppe-40 nomppe-40",
                "auth nomppe-128",
                "auth mppe required,no128,no40,no56",
                "auth mppe required,no41",
                "noauth require-mppe-128",
                "auth plugin radius.so",
                "auth plugin /x/winbind.so",
                "auth login",
                "require-pap papcrypt",
                "auth pass-filter x",
                "auth allow-number 1",
                "auth vrf red",
                "auth noip",
                "auth mtu",
                "auth mtu big",
                "auth mtu 127",
                "auth mru 09",
                "auth mru -1",
                "auth lcp-echo-interval 99999999999",
                "auth asyncmap xyz",
                "auth ms-dns nowhere.example",
                "auth ms-dns 10.0.0.256",
                "auth a:b:c",
                "auth call ../x",
                "auth call /x",
                "auth call none",
                "auth file none",
                "auth bogus",
                "auth name",
                "lock",
                "auth maxoctets 9223372036854775808",
                "auth mo-direction both",
                "auth mo-timeout 0",
                "auth dhcp-route 10.1.0.0",
                "auth dhcp-route 10.1.0.1/16",
                "auth dhcp-domain -a"
            })
    void refusesWhatWouldChangeTheMeaning(String words) {
        read("\n" + words.replace(" ", "\n"));
        assertThat(findings.errors()).isNotEmpty();
        assertThat(findings.errors())
                .allSatisfy(error ->
                        assertThat(error.toString())
                                .matches("(?s)options:[0-9]+: .+, expected .+"));
    }

    /** It is about the other login, of us at the peer, whatever the method. */
    @Test
    void pointsFromNeedPeerEapToWhatAServerHas() {
        read("auth\nneed-peer-eap");
        assertThat(findings.errors())
                .singleElement()
                .asString()
                .startsWith(
                        "options:2: 'need-peer-eap' is not possible here,"
                                + " expected require-eap, with cert, key and ca");
    }

    @ParameterizedTest
    @CsvSource({
        "requre-mppe-128, require-mppe-128", "require-mschapv2, require-mschap-v2",
        "ms-dn, ms-dns", "plugn, plugin"
    })
    void guessesWhatWasMeant(String mistyped, String known) {
        read("auth\n" + mistyped);
        assertThat(findings.errors())
                .extracting(ConfigError::toString)
                .containsExactly(
                        "options:2: unknown option '"
                                + mistyped
                                + "', expected perhaps '"
                                + known
                                + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rate-limit 20M/5M", "route 10.2.0.0/16", "disabled"})
    void saysWhereTheWordsOfOneUserGo(String words) {
        read("auth\n" + words + " ms-dns 10.1.0.53");
        assertThat(findings.errors())
                .singleElement()
                .asString()
                .isEqualTo(
                        "options:2: '"
                                + words.split(" ", -1)[0]
                                + "' is for one user alone, expected it in the secrets file,"
                                + " behind -- in the user's line");
    }

    @Test
    void reportsEveryFaultAndNotOnlyTheFirst() {
        read("bogus1\nmtu x\nms-dns y\nbogus2");
        assertThat(findings.errors())
                .extracting(error -> error.place().line())
                .as("by line, the one about logins with the first")
                .containsExactly(1, 1, 2, 3, 4);
    }

    @Test
    void takesTheThirdNameServerForTheSecondAndSaysSo() {
        PppOptions options =
                read("auth\nms-dns 10.0.0.1 ms-dns 10.0.0.2\nms-dns 10.0.0.3\nms-wins 10.0.0.4");
        assertThat(options.dnsServers())
                .extracting(Ipv4Address::toString)
                .containsExactly("10.0.0.1", "10.0.0.3");
        assertThat(findings.warnings())
                .singleElement()
                .satisfies(warning -> {
                    assertThat(warning.place().line()).isEqualTo(3);
                    assertThat(warning.text())
                            .isEqualTo("the third 'ms-dns' replaces the second, 10.0.0.2");
                });
    }

    @Test
    void saysThatRefusingLimitsNothing() {
        read("auth refuse-pap refuse-chap");
        assertThat(findings.notes())
                .singleElement()
                .satisfies(note -> assertThat(note.text()).startsWith("refuse-pap, refuse-chap: "));
    }

    @Test
    void asksForTheStrongestOfTheRequiredMethodsFirst() {
        PppOptions options = read("+pap require-chap +mschap require-mschap-v2");
        assertThat(findings.errors()).isEmpty();
        assertThat(findings.warnings()).isEmpty();
        assertThat(options.authentication().inOrder())
                .containsExactly(
                        LoginMethod.MS_CHAP_V2,
                        LoginMethod.MS_CHAP_V1,
                        LoginMethod.CHAP_MD5,
                        LoginMethod.PAP);
    }

    @Test
    void doesNotOfferWhatGivesNoKeysWhereEncryptionIsRequired() {
        PppOptions options = read("require-mschap require-pap require-mppe-128");
        assertThat(findings.errors()).isEmpty();
        assertThat(findings.warnings())
                .singleElement()
                .satisfies(warning ->
                        assertThat(warning.text())
                                .isEqualTo(
                                        "'require-pap' gives no keys for the encryption that is"
                                                + " required: it is not offered"));
        assertThat(options.authentication().inOrder()).containsExactly(LoginMethod.MS_CHAP_V1);
    }

    @Test
    void takesOnlyMsChapV2WhereNoMethodIsNamed() {
        assertThat(read("auth").authentication().inOrder()).containsExactly(LoginMethod.MS_CHAP_V2);
    }

    @Test
    void letsAnybodyInOnlyWhenToldTo() {
        assertThat(read("noauth").authentication().isRequired()).isFalse();
        assertThat(findings.errors()).isEmpty();
        assertThat(read("noauth require-mschap-v2").authentication().isRequired()).isTrue();
    }

    @Test
    void limitsPacketsToWhatATunnelCarries() {
        assertThat(read("auth mtu 1600").lcp().mtuBytes()).isEqualTo(1500);
        assertThat(findings.warnings()).hasSize(1);
        assertThat(findings.errors()).isEmpty();
    }

    @Test
    void neverShowsThePasswordOfADiallingSide() {
        read("auth password canary user bob");
        assertThat(findings.errors()).isEmpty();
        assertThat(findings.warnings()).hasSize(2);
        assertThat(findings.warnings().toString()).doesNotContain("canary");
    }

    @ParameterizedTest
    @CsvSource({
        "'name a usehostname', host",
        "'domain example.org', host.example.org",
        "'name b', b"
    })
    void namesItself(String words, String name) {
        assertThat(read("auth " + words).serverName()).isEqualTo(name);
    }

    @Test
    void survivesAnyOrderOfAnyWords() {
        Random random = new Random(11);
        String[] words = {
            "mtu",
            "name",
            "\"",
            "'",
            "\\",
            "\n",
            "mppe",
            "required,,",
            "-1",
            "0x",
            "a:b",
            "::",
            "require-mppe-40",
            "plugin",
            "call",
            "file",
            ".",
            "..",
            "\0",
            "ms-dns",
            "1.2.3",
            "/",
            "asyncmap",
            "noauth",
            "auth",
            "+pap",
            "maxoctets",
            "9".repeat(30),
            "\uFFFF"
        };
        for (int round = 0; round < 3000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(20); i > 0; i--) {
                text.append(words[random.nextInt(words.length)])
                        .append(random.nextInt(5) == 0 ? "" : " ");
            }
            read(text.toString());
        }
        assertThat(findings.errors()).hasSize(Findings.MAX_FINDINGS + 1);
        assertThat(findings.errors())
                .allSatisfy(error -> assertThat(error.place().line()).isPositive());
    }

    private PppOptions read(String text) {
        OptionState state = new OptionState(RESOLVER, findings);
        new OptionsReader(state, Path.of("no-such-directory"))
                .read(new SourceText("options", text.getBytes(UTF_8)));
        return OptionPolicies.build(
                state, "host", new Place("options", 1), new SecretFileGuard(Set.of(), findings));
    }
}
