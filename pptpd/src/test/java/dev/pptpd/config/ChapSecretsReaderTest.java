package dev.pptpd.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.auth.Account;
import dev.pptpd.auth.ChapSecret;
import dev.pptpd.auth.ChapSecrets;
import dev.pptpd.auth.Credential;
import dev.pptpd.auth.LoginHours;
import dev.pptpd.auth.UserSettings;
import dev.pptpd.limit.LimitChanges;
import dev.pptpd.limit.OctetDirection;
import dev.pptpd.limit.RateLimits;
import dev.pptpd.mppe.MppeStrength;
import dev.pptpd.ppp.ccp.MppeConfiguration;
import dev.pptpd.ppp.ccp.MppeHistory;
import dev.pptpd.ppp.ccp.MppePolicy;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ChapSecretsReaderTest {
    private static final HostResolver RESOLVER =
            name -> Ipv4Address.parse("192.0.2.1").filter(found -> name.equals("known"));

    @TempDir Path directory;

    private final Findings findings = new Findings();

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "bob pptpd canary *, bob, canary",
                "`\"bob\" * 'a b' *`, bob, a b",
                "DOMAIN\\\\bob pptpd x *, DOMAIN\\bob, x",
                "bob pptpd @literal *, bob, @literal",
                "bob pptpd \\\\\\#\\x41 *, bob, \\#A",
                "`bob pptpd \"\" *`, bob, ``",
                "\\xc3\\xa9 * x *, é, x"
            })
    void readsColumns(String line, String client, String secret) {
        ChapSecret found = read(line).find(client, "pptpd").orElseThrow();
        assertThat(findings.errors()).isEmpty();
        assertThat(new String(found.credential().secret().octets(), UTF_8)).isEqualTo(secret);
    }

    @Test
    void takesAQuotedStarAsWildcard() {
        assertThat(read("\"*\" '*' x *").find("anybody", "anywhere")).isPresent();
    }

    @Test
    void joinsLinesAtABackslash() {
        ChapSecrets secrets = read("bob \\\n pptpd \\\r\n x *\nann pptpd y *\n");
        assertThat(secrets.size()).isEqualTo(2);
        assertThat(findings.errors()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "*, 10.0.0.9, true",
        "-, 10.0.0.9, false",
        "- *, 10.0.0.9, false",
        "10.0.0.9, 10.0.0.9, true",
        "10.0.0.9, 10.0.0.8, false",
        "!10.0.0.9 *, 10.0.0.9, false",
        "!10.0.0.9 *, 10.0.0.8, true",
        "10.0.0.0/24, 10.0.0.9, true",
        "10.0.0.0/24 !10.0.0.9, 10.0.0.9, true",
        "10.0.0.0/24, 10.0.1.9, false",
        "10.0.0.0/24+, 10.0.0.9, true",
        "10.0.0.0/24+, 10.0.0.8, false",
        "known, 192.0.2.1, true",
        "!known *, 192.0.2.1, false",
        "unknown *, 10.0.0.9, true"
    })
    void permitsAddresses(String columns, String address, boolean permitted) {
        ChapSecret found = read("bob * x " + columns).find("bob", "s").orElseThrow();
        assertThat(findings.errors()).isEmpty();
        assertThat(found.addresses().permits(Ipv4Address.parse(address).orElseThrow(), 8))
                .isEqualTo(permitted);
    }

    @Test
    void warnsOfTheFamousMissingColumn() {
        ChapSecret found = read("\nbob * canary").find("bob", "s").orElseThrow();
        assertThat(found.addresses().rules()).isEmpty();
        assertThat(findings.warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.toString()).startsWith("secrets:2: "));
    }

    @Test
    void keepsOptionsOfOneUser() {
        ChapSecret found =
                read("bob * x 10.0.0.9 -- lcp-restart 5 lock mru 1300")
                        .find("bob", "s")
                        .orElseThrow();
        assertThat(findings.errors()).isEmpty();
        assertThat(findings.warnings())
                .extracting(ConfigWarning::text)
                .containsExactly(
                        "'lcp-restart' is not acted on for one user",
                        "'mru' is not acted on for one user");
        assertThat(found.settings()).isEqualTo(UserSettings.NONE);
        assertThat(found.addresses().rules()).hasSize(1);
    }

    @Test
    void readsTheNetworksOfAUserWithoutAWarning() {
        ChapSecret found =
                read("site * x * -- route 10.2.0.0/16 route 10.3.7.0/24 route 10.4.0.9/32")
                        .find("site", "s")
                        .orElseThrow();
        assertThat(findings.errors()).isEmpty();
        assertThat(findings.warnings()).isEmpty();
        assertThat(found.settings().routes())
                .extracting(Ipv4Network::toString)
                .containsExactly("10.2.0.0/16", "10.3.7.0/24", "10.4.0.9/32");
    }

    @Test
    void readsWhetherAndWhenTheUserMayLogIn() {
        ChapSecret found =
                read("bob * x * -- disabled no-dialin expired valid-until 2027-01-31"
                                + " hours Mo-Fr/08:00-18:00,Sa/09:00-12:00")
                        .find("bob", "s")
                        .orElseThrow();
        assertThat(findings.errors()).isEmpty();
        assertThat(findings.warnings()).isEmpty();
        assertThat(found.settings().account())
                .isEqualTo(
                        new Account(
                                true,
                                true,
                                true,
                                Optional.of(LocalDate.of(2027, 1, 31)),
                                List.of(
                                        LoginHours.parse("Mo-Fr/08:00-18:00").orElseThrow(),
                                        LoginHours.parse("Sa/09:00-12:00").orElseThrow())));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ';',
            value = {
                "valid-until tomorrow; valid-until 'tomorrow' is no day, expected a day such as"
                        + " 2027-01-31",
                "valid-until 2027-02-30; valid-until '2027-02-30' is no day, expected a day such as"
                        + " 2027-01-31",
                "hours always; hours 'always' is no list of hours, expected spans such as"
                        + " Mo-Fr/08:00-18:00,Sa/09:00-12:00 in this host's time",
                "hours; nothing follows 'hours', expected spans such as"
                        + " Mo-Fr/08:00-18:00,Sa/09:00-12:00 in this host's time"
            })
    void refusesAnAccountThatIsNotClear(String words, String error) {
        read("bob * x * -- " + words);
        assertThat(findings.errors())
                .singleElement()
                .satisfies(found -> assertThat(found.toString()).endsWith(error));
    }

    @Test
    void readsWhatTheUserIsTold() {
        ChapSecret found =
                read("bob * x * -- ms-dns 10.0.0.53 ms-dns known ms-wins 10.0.0.7 mtu 0x500")
                        .find("bob", "s")
                        .orElseThrow();
        assertThat(findings.errors()).isEmpty();
        assertThat(findings.warnings()).isEmpty();
        assertThat(found.settings())
                .isEqualTo(
                        new UserSettings(
                                List.of(),
                                List.of(address("10.0.0.53"), address("192.0.2.1")),
                                List.of(address("10.0.0.7")),
                                OptionalInt.of(1280),
                                Optional.empty(),
                                List.of(),
                                LimitChanges.NONE,
                                Optional.empty(),
                                Account.OPEN,
                                Optional.empty()));
    }

    @Test
    void readsTheLimitsOfAUserAndItsNetworks() {
        ChapSecret found =
                read("bob * x * -- idle 0 maxconnect 3600 maxoctets 5000000000 mo-direction in"
                                + " dhcp-domain corp.example.com dhcp-route 10.1.0.0/16"
                                + " dhcp-route 0.0.0.0/0")
                        .find("bob", "s")
                        .orElseThrow();
        assertThat(findings.errors()).isEmpty();
        assertThat(findings.warnings()).isEmpty();
        assertThat(found.settings().limits())
                .isEqualTo(
                        new LimitChanges(
                                OptionalInt.of(0),
                                OptionalInt.of(3600),
                                OptionalLong.of(5_000_000_000L),
                                Optional.of(OctetDirection.IN),
                                RateLimits.NONE));
        assertThat(found.settings().dhcpDomain()).contains("corp.example.com");
        assertThat(found.settings().dhcpRoutes())
                .extracting(Ipv4Network::toString)
                .containsExactly("10.1.0.0/16", "0.0.0.0/0");
    }

    @ParameterizedTest
    @CsvSource({
        "20M/5M, 20000, 5000",
        "2000/512, 2000, 512",
        "2000k/0, 2000, 0",
        "1G/1000000000, 1000000, 1000000000"
    })
    void readsHowFastAUserMayBe(String word, long down, long up) {
        ChapSecret found = read("bob * x * -- rate-limit " + word).find("bob", "s").orElseThrow();
        assertThat(findings.errors()).isEmpty();
        assertThat(found.settings().limits().rates()).isEqualTo(new RateLimits(down, up));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"20M", "20M/", "-1/5", "1.5M/1M", "5T/5", "1001G/1", "12345678901/1", "a/b"})
    void refusesARateThatIsNone(String word) {
        read("bob * x * -- rate-limit " + word);
        assertThat(findings.errors())
                .singleElement()
                .satisfies(found ->
                        assertThat(found.toString())
                                .contains(
                                        "rate-limit '"
                                                + word
                                                + "' is not possible, expected DOWN/UP"));
    }

    /** Behind {@code require-mppe-128} for all users. */
    @ParameterizedTest
    @CsvSource({
        "nomppe, DENY, '', STATELESS, false",
        "require-mppe-40, REQUIRE, 40 128, STATELESS, false",
        "require-mppe-40 nomppe-128, REQUIRE, 40, STATELESS, false",
        "mppe-stateful, REQUIRE, 128, STATELESS_FIRST, false",
        "mppc, REQUIRE, 128, STATELESS, true",
        "'mppe allowed,no56,no40,stateless', ALLOW, 128, STATELESS, false",
        "'mppe preferred,stateful mppc', PREFER, 128, STATEFUL, true"
    })
    void goesOnFromTheEncryptionOfAllUsers(
            String words,
            MppePolicy policy,
            String strengths,
            MppeHistory history,
            boolean compresses) {
        MppeConfiguration own =
                read("bob * x * -- " + words)
                        .find("bob", "s")
                        .flatMap(secret -> secret.settings().encryption())
                        .orElseThrow();
        assertThat(findings.errors()).isEmpty();
        assertThat(own.policy()).isEqualTo(policy);
        assertThat(own.strengths().stream().map(MppeStrength::bits).sorted().map(String::valueOf))
                .containsExactlyElementsOf(
                        strengths.isEmpty() ? List.of() : List.of(strengths.split(" ", -1)));
        assertThat(own.history()).isEqualTo(history);
        assertThat(own.compresses()).isEqualTo(compresses);
        assertThat(read("al * x * -- mtu 1300").find("al", "s").orElseThrow().settings())
                .extracting(UserSettings::encryption)
                .isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ';',
            value = {
                "idle; nothing follows 'idle', expected a number from 0 to 2147483647",
                "maxoctets 1k; maxoctets '1k' is not possible, expected a number from 0 to 9223372036854775807",
                "mo-direction both; mo-direction 'both' is not possible, expected one of sum, in, out, max",
                "dhcp-route 10.1.0.0; dhcp-route '10.1.0.0' is not a network, expected a network to reach through the tunnel, such as 10.1.0.0/16",
                "dhcp-route 10.1.0.1/16; dhcp-route '10.1.0.1/16' has bits behind its prefix, expected 10.1.0.0/16",
                "dhcp-route 10.1.0.0/16 dhcp-route 10.1.0.0/16; dhcp-route '10.1.0.0/16' is given twice, expected each network once",
                "dhcp-domain a..b; dhcp-domain 'a..b' is no domain, expected a domain such as example.com",
                "route; nothing follows 'route', expected a network behind the user, such as 10.2.0.0/16",
                "mtu 1300 route; nothing follows 'route', expected a network behind the user, such as 10.2.0.0/16",
                "route 10.2.0.0; route '10.2.0.0' is not a network, expected a network behind the user, such as 10.2.0.0/16",
                "route 10.2.0.0/33; route '10.2.0.0/33' is not a network, expected a network behind the user, such as 10.2.0.0/16",
                "route 10.2.0.1/16; route '10.2.0.1/16' has bits behind its prefix, expected 10.2.0.0/16",
                "route 0.0.0.0/0; route '0.0.0.0/0' is more than a network of hosts, expected a network behind the user, such as 10.2.0.0/16",
                "route 127.0.0.0/8; route '127.0.0.0/8' is more than a network of hosts, expected a network behind the user, such as 10.2.0.0/16",
                "route 224.0.0.0/24; route '224.0.0.0/24' is more than a network of hosts, expected a network behind the user, such as 10.2.0.0/16",
                "route 10.99.0.0/24; route '10.99.0.0/24' has addresses of localip or remoteip in it, expected a network without 10.99.0.1",
                "route 10.99.0.7/32; route '10.99.0.7/32' has addresses of localip or remoteip in it, expected a network without 10.99.0.7",
                "route 10.2.0.0/16 route 10.2.0.0/16; route '10.2.0.0/16' is given twice, expected each network once",
                "mtu 1501; mtu '1501' is not possible, expected a number from 128 to 1500",
                "mtu; nothing follows 'mtu', expected a number from 128 to 1500",
                "ms-dns 10.0.0.256; '10.0.0.256' is neither an address nor a known host, expected an IPv4 address such as 192.0.2.53",
                "rout 10.2.0.0/16; unknown option 'rout' of a user, expected perhaps 'route'"
            })
    void refusesBadWordsOfAUser(String options, String error) {
        read("\nsite * canary * -- " + options);
        assertThat(findings.errors())
                .extracting(ConfigError::toString)
                .containsExactly("secrets:2: " + error);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{NT}",
                "{NT}0",
                "{NT}0123456789abcdef0123456789abcde",
                "{NT}0123456789abcdef0123456789abcdef0"
            })
    void refusesAHashOfAnotherLength(String secret) {
        read("\nbob * " + secret + " *");
        assertThat(findings.errors())
                .extracting(ConfigError::toString)
                .containsExactly(
                        "secrets:2: the hash behind {NT} is not of 32 hex digits, expected {NT} and"
                                + " 32 hex digits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{NT}password", "{nt}00", "x{NT}00", "{NT}00-"})
    void takesAPasswordThatMerelyBeginsLikeAHash(String secret) {
        ChapSecret found = read("bob * " + secret + " *").find("bob", "s").orElseThrow();
        assertThat(findings.errors()).isEmpty();
        assertThat(found.credential()).isInstanceOf(Credential.Password.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "canary",
                "bob canary",
                "bob \"canary",
                "bob * canary 10.0.0.256",
                "bob * canary 10.0.0.0/33",
                "bob * canary 10.0.0.0/0",
                "bob * canary !",
                "bob * canary !unknown",
                "bob * canary a:b",
                "bob * canary * -- require-pap",
                "bob * canary * -- login",
                "bob * canary * -- bogus",
                "bob * canary * -- idle",
                "bob * canary\\0 *",
                "bob * @/canary/none *"
            })
    void refusesFaultsWithoutTellingTheSecret(String line) {
        read("\n" + line);
        assertThat(findings.errors()).isNotEmpty();
        assertThat(findings.errors())
                .allSatisfy(error ->
                        assertThat(error.toString())
                                .matches("secrets:2: .+, expected .+")
                                .doesNotContain(line.contains("@") ? "bob" : "canary"));
    }

    @Test
    void refusesLongSecrets() {
        read("bob * " + "s".repeat(256) + " *");
        assertThat(findings.errors()).isEmpty();
        read("bob * " + "s".repeat(257) + " *");
        assertThat(findings.errors()).hasSize(1);
    }

    @Test
    void readsASecretFromItsFile() throws IOException {
        Path file = Files.writeString(directory.resolve("s"), "# mine\n \"a b\" more");
        mode(file, "rw-------");
        ChapSecret found = read("bob * @" + file + " *").find("bob", "s").orElseThrow();
        assertThat(findings.errors()).isEmpty();
        assertThat(found.credential().secret().matches("a b".getBytes(UTF_8))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "rw-------, 0600, true", "r--------, 0400, true", "rw-r-----, 0640, false",
        "rw----r--, 0604, false", "rwxrwxrwx, 0777, false", "rw--w----, 0620, false"
    })
    void refusesFilesThatOthersCanOpen(String permissions, String octal, boolean fine)
            throws IOException {
        Path file = Files.writeString(directory.resolve("chap-secrets"), "bob * canary *\n");
        mode(file, permissions);
        reader().read(file, SourceText.top(file));
        assertThat(findings.errors().isEmpty()).isEqualTo(fine);
        assertThat(findings.errors())
                .allSatisfy(error ->
                        assertThat(error.toString())
                                .startsWith(file + ":1: " + file + " has mode " + octal));
    }

    @Test
    void refusesFilesOfStrangers() throws IOException {
        Path file = Files.writeString(directory.resolve("chap-secrets"), "bob * canary *\n");
        mode(file, "rw-------");
        SecretFileGuard guard = new SecretFileGuard(Set.of("nobody-we-know"), findings);
        guard.check(file, SourceText.top(file));
        assertThat(findings.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.problem()).contains(file + " belongs to "));
    }

    @Test
    void survivesAnyWords() {
        Random random = new Random(3);
        String[] words = {
            "bob",
            "*",
            "\"",
            "'",
            "\\",
            "\n",
            "@/",
            "@/nowhere",
            "--",
            "-",
            "!",
            "1.2.3.4/",
            "1.2.3.4/33+",
            "+",
            "/",
            "\0",
            "#",
            "{NT}",
            "\uFFFF",
            "idle",
            "route",
            "10.2.0.0/16",
            "require-pap"
        };
        for (int round = 0; round < 3000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(25); i > 0; i--) {
                text.append(words[random.nextInt(words.length)])
                        .append(random.nextInt(5) == 0 ? "" : " ");
            }
            read(text.toString());
        }
        assertThat(findings.errors()).hasSize(Findings.MAX_FINDINGS + 1);
    }

    private ChapSecrets read(String text) {
        return reader().read(new SourceText("secrets", text.getBytes(UTF_8)));
    }

    private EncryptionState strong() {
        EncryptionState strong = new EncryptionState(findings);
        byte[] text = "require-mppe-128".getBytes(UTF_8);
        Word word = new Word(text, new Place("options", 1), true, new Word.Span(0, text.length));
        strong.require(word, MppeStrength.BITS_128);
        return strong;
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "kim * x * --route 10.5.0.0/16, what stands behind '*' or '-' is not read",
                "kim * x * idle 5, what stands behind '*' or '-' is not read",
                "kim * x 10.99.0.1, this user's own address is one of localip",
                "kim * x 10.99.5.0/24, none of the addresses that are allowed here is in remoteip",
                "kim * x !10.99.0.7 !10.99.0.8, none of the addresses that are allowed here",
                "kim * x nowhere *, the host in word 4 of the line is not known"
            })
    void warnsOfALineThatCannotMeanWhatWasMeant(String line, String warning) {
        read("ann * x *\n" + line);
        assertThat(findings.errors()).isEmpty();
        assertThat(findings.warnings()).hasSize(1);
        assertThat(findings.warnings().getFirst().text()).startsWith(warning);
        assertThat(findings.warnings().getFirst().place().line()).isEqualTo(2);
    }

    @Test
    void warnsOfASecondLineForTheSameUser() {
        read("ann * x *\nann pptpd y *\n\nann * z *");
        assertThat(findings.warnings())
                .singleElement()
                .satisfies(warning -> {
                    assertThat(warning.place().line()).isEqualTo(4);
                    assertThat(warning.text()).startsWith("line 1 is for the same client");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kim * x 10.99.0.0/24",
                "kim * x 10.98.0.0/24+",
                "kim * x !10.99.0.7 *",
                "kim * x 10.5.0.1",
                "kim * x -",
                "kim * x * -- idle 5"
            })
    void saysNothingOfALineThatServes(String line) {
        read(line);
        assertThat(findings.warnings()).isEmpty();
    }

    @Test
    void knowsThatAClientMayAskForAnAddressOutsideOfThePool() {
        reader().forClientsThatAsk()
                .read(new SourceText("secrets", "kim * x 10.99.5.0/24".getBytes(UTF_8)));
        assertThat(findings.warnings()).isEmpty();
    }

    private ChapSecretsReader reader() {
        String user = System.getProperty("user.name", "root");
        return new ChapSecretsReader(
                RESOLVER,
                new SecretFileGuard(Set.of(user), findings),
                TunnelEnds.of(
                        new AddressSlots(
                                List.of(address("10.99.0.1")),
                                List.of(address("10.99.0.7"), address("10.99.0.8")))),
                strong(),
                findings);
    }

    private static Ipv4Address address(String text) {
        return Ipv4Address.parse(text).orElseThrow();
    }

    private static void mode(Path file, String permissions) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
}
