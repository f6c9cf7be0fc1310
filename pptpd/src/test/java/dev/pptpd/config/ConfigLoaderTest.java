package dev.pptpd.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigLoaderTest {
    private static final String GOOD = "option opts\nlocalip 10.0.0.1\nremoteip 10.0.0.10-19\n";

    @TempDir Path directory;

    @BeforeEach
    void writeGoodFiles() throws IOException {
        write("pptpd.conf", GOOD);
        write("opts", "name pptpd\nrequire-mschap-v2\nrequire-mppe-128\nchap-secrets s\n");
        Path secrets = write("s", "bob pptpd canary *\n");
        Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void loadsGoodFiles() {
        LoadedConfig.Ready ready = ready();
        ServerConfig config = ready.config();
        assertThat(ready.warnings()).isEmpty();
        assertThat(config.listen()).isEqualTo(Ipv4Address.ANY);
        assertThat(config.addresses().size()).isEqualTo(10);
        assertThat(config.addresses().local(9)).hasToString("10.0.0.1");
        assertThat(config.addresses().remote(9)).hasToString("10.0.0.19");
        assertThat(config.pidFile()).isEqualTo(Path.of("/var/run/pptpd.pid"));
        assertThat(config.firstMessageTimeoutSeconds()).isEqualTo(5);
        assertThat(config.debug()).isFalse();
        assertThat(config.chapSecretsFile()).isEqualTo(directory.resolve("s"));
        assertThat(ready.secrets().find("bob", "pptpd")).isPresent();
    }

    @Test
    void loadsTheFilesAsShipped() throws IOException {
        Path shipped = Path.of("..", "etc").toAbsolutePath().normalize();
        Path etc = Files.createDirectories(directory.resolve("tree/etc"));
        for (String name : List.of("pptpd.conf", "options.pptpd")) {
            Files.copy(shipped.resolve(name), etc.resolve(name));
        }
        Path state = Files.createDirectories(directory.resolve("tree/state"));
        Path secrets = Files.copy(directory.resolve("s"), state.resolve("chap-secrets"));
        Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rw-------"));
        LoadedConfig loaded = loader().load(etc.resolve("pptpd.conf"), Map.of());
        assertThat(loaded).isInstanceOf(LoadedConfig.Ready.class);
        assertThat(loaded.warnings()).isEmpty();
    }

    @Test
    void letsTheCommandLineWin() throws IOException {
        write("pptpd.conf", GOOD + "connections 5\nlisten 192.0.2.9\n");
        Map<ServerKey, String> commandLine =
                Map.of(
                        ServerKey.CONNECTIONS, "3",
                        ServerKey.LISTEN, "127.0.0.1",
                        ServerKey.DEBUG, "",
                        ServerKey.PIDFILE, "/run/x.pid");
        LoadedConfig.Ready ready = (LoadedConfig.Ready) load(commandLine);
        assertThat(ready.config().addresses().size()).isEqualTo(3);
        assertThat(ready.config().listen()).hasToString("127.0.0.1");
        assertThat(ready.config().debug()).isTrue();
        assertThat(ready.config().pidFile()).isEqualTo(Path.of("/run/x.pid"));
        assertThat(ready.warnings())
                .extracting(ConfigWarning::text)
                .anySatisfy(text -> assertThat(text).contains("other than with PoPToP"));
    }

    @Test
    void readsTheCommonOptionsFirst() throws IOException {
        write("options", "mtu 1200\nname other\nlcp-echo-interval 9\n");
        PppOptions ppp = ready().config().ppp();
        assertThat(ppp.serverName()).isEqualTo("pptpd");
        assertThat(ppp.lcp().mtuBytes()).isEqualTo(1200);
        assertThat(ppp.lcp().echoIntervalSeconds()).isEqualTo(9);
    }

    @Test
    void includesFilesAndStopsAtACircle() throws IOException {
        write("opts", "require-mschap-v2\nname pptpd\nchap-secrets s\nfile more\ncall office\n");
        write("more", "mtu 1234\n");
        Files.createDirectories(directory.resolve("peers"));
        write("peers/office", "mru 1235\n");
        assertThat(ready().config().ppp().lcp().mtuBytes()).isEqualTo(1234);
        assertThat(ready().config().ppp().lcp().mruBytes()).isEqualTo(1235);
        write("more", "file more\nfile opts\n");
        assertThat(errors()).anySatisfy(error -> assertThat(error).contains("too deeply"));
    }

    @Test
    void reportsEveryFaultOfEveryFile() throws IOException {
        write("pptpd.conf", "option opts\nlocalip 10.0.0.300\nremoteip 10.0.0.9-1\nlisten ?\n");
        write("opts", "name pptpd\nbogus\nauth\nmtu x\nchap-secrets s\n");
        write("s", "bob pptpd\n\n\"canary\n");
        assertThat(errors())
                .hasSize(8)
                .allSatisfy(error ->
                        assertThat(error)
                                .matches("/.+/(pptpd.conf|opts|s):[0-9]+: .+, expected .+")
                                .doesNotContain("canary"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pptpd.conf", "opts", "s"})
    void reportsMissingFiles(String name) throws IOException {
        Files.delete(directory.resolve(name));
        assertThat(errors())
                .anySatisfy(error ->
                        assertThat(error)
                                .matches("/.+:[0-9]+: .*/" + name + " does not exist, .*"));
    }

    @Test
    void refusesToStartWithoutAWordOnLogins() throws IOException {
        write("opts", "name pptpd\n");
        write("chap-secrets", "");
        Files.setPosixFilePermissions(
                directory.resolve("chap-secrets"), PosixFilePermissions.fromString("rw-------"));
        assertThat(errors())
                .containsExactly(
                        directory.resolve("opts")
                                + ":1: nothing says how clients log in, expected require-mschap-v2,"
                                + " or noauth if anybody may come in");
    }

    @Test
    void needsNoSecretsWhereNobodyLogsIn() throws IOException {
        write("opts", "noauth\n");
        assertThat(ready().secrets().size()).isZero();
        assertThat(ready().warnings())
                .extracting(ConfigWarning::text)
                .containsExactly(
                        "noauth: anybody comes in without a password, and nothing is encrypted");
    }

    @Test
    void judgesFlagsLikeTheirKeys() {
        LoadedConfig loaded = load(Map.of(ServerKey.VRF, "red", ServerKey.LOGWTMP, ""));
        assertThat(loaded).isInstanceOf(LoadedConfig.Refused.class);
        assertThat(((LoadedConfig.Refused) loaded).errors())
                .singleElement()
                .asString()
                .startsWith("command line: vrf: not possible in this version");
        assertThat(loaded.warnings())
                .extracting(ConfigWarning::toString)
                .containsExactly(
                        "command line: logwtmp: not acted on yet: no script runs, and wtmp hears of no"
                                + " session");
    }

    @Test
    void relaysBroadcastsOfAnInterfaceThatIsThere() throws IOException {
        write("pptpd.conf", GOOD + "bcrelay lo\nbcrelayrate 7\n");
        assertThat(ready().config().broadcasts()).contains(new BroadcastOptions("lo", 7));
        write("pptpd.conf", GOOD + "bcrelay lo\n");
        assertThat(ready().config().broadcasts()).contains(new BroadcastOptions("lo", 50));
    }

    @Test
    void relaysNoBroadcastsOfAnInterfaceThatIsNot() throws IOException {
        write("pptpd.conf", GOOD + "bcrelay nosuch0\nbcrelayrate 0\n");
        assertThat(errors())
                .containsExactly(
                        directory.resolve("pptpd.conf")
                                + ":4: bcrelay: 'nosuch0' is no network interface of this host,"
                                + " expected the one of the network, such as eth1",
                        directory.resolve("pptpd.conf")
                                + ":5: bcrelayrate: '0' is not possible, expected broadcasts in a"
                                + " second from 1 to 1000");
    }

    @Test
    void tellsTheFaultsOfAFileByTheirLines() throws IOException {
        write("pptpd.conf", GOOD + "greholdmax x\nbcrelay nosuch0\nstimeout 0\nlisten 1.2.3\n");
        write("opts", "auth\nmtu 1\nidle x\nlcp-restart 0\nchap-secrets s\n");
        assertThat(errors())
                .extracting(error -> error.replaceFirst("^.*/([a-z.]+:\\d+):.*", "$1"))
                .containsExactly(
                        "pptpd.conf:4",
                        "pptpd.conf:5",
                        "pptpd.conf:6",
                        "pptpd.conf:7",
                        "opts:2",
                        "opts:3",
                        "opts:4");
    }

    @Test
    void warnsWhenNoSecretIsForThisServer() throws IOException {
        write("s", "bob vpn canary *\n");
        assertThat(ready().warnings())
                .extracting(ConfigWarning::text)
                .containsExactly("no line is for server 'pptpd': nobody can log in");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "ipxnets 1, unknown key 'ipxnets' is ignored",
                "remotip x, unknown key 'remotip' is ignored; perhaps 'remoteip' was meant",
                "` debug`, `the line starts with a blank and is ignored, as by PoPToP`",
                "localip 10.9.9.9, `localip: ignored, since line 2 comes first`",
                "logwtmp, `logwtmp: not acted on yet: no script runs, and wtmp hears of no session`",
                "nooffload no, `nooffload: 'no' is ignored: the key alone says yes, its absence no`",
                "bcrelayrate 10, bcrelayrate: of no effect without bcrelay"
            })
    void goesOnWithAWarning(String line, String warning) throws IOException {
        write("pptpd.conf", GOOD + line);
        assertThat(ready().warnings()).extracting(ConfigWarning::text).containsExactly(warning);
        assertThat(ready().warnings().getFirst().place().line()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ppp /usr/sbin/pppd",
                "speed 115200",
                "# c",
                "   ",
                "\t# c",
                "",
                "debug on",
                "listen 127.0.0.1 # here",
                "pidfile\t /run/p \r",
                "stimeout 5",
                "listen known"
            })
    void acceptsQuietly(String line) throws IOException {
        write("pptpd.conf", line + "\n" + GOOD);
        assertThat(ready().warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "listen",
                "listen 1.2.3",
                "listen 10.0.0.1,10.0.0.2",
                "connections many",
                "connections 65536",
                "stimeout 0",
                "stimeout x",
                "stimeout 3601",
                "hostname",
                "hostname caf\u00e9",
                "vendor \u0001",
                "vendor 12345678901234567890123456789012345678901234567890123456789012345",
                "callsperconnection 0",
                "callsperconnection 65536",
                "callsperconnection one",
                "greholdmax -1",
                "greholdmax 1001",
                "readydevices -1",
                "readydevices 257",
                "delegate",
                "vrf red",
                "debug\0",
                "option",
                "pidfile"
            })
    void refusesFaults(String line) throws IOException {
        write("pptpd.conf", line + "\n" + GOOD);
        assertThat(errors())
                .anySatisfy(error -> assertThat(error).startsWith(directory + "/pptpd.conf:1: "));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "10.0.0.1, 10.0.0.1",
                "10.0.0.1-3, 10.0.0.1 10.0.0.2 10.0.0.3",
                "10.0.0-2.7, 10.0.0.7 10.0.1.7 10.0.2.7",
                "10.0-1.0.7, 10.0.0.7 10.1.0.7",
                "10-11.0.0.7, 10.0.0.7 11.0.0.7",
                "`10.0.0.9,10.0.0.1-2,10.0.0.5`, 10.0.0.9 10.0.0.1 10.0.0.2 10.0.0.5",
                "`10.0.0.9, 10.0.0.1 # two`, 10.0.0.9 10.0.0.1",
                "10.0.0.8/30, 10.0.0.9 10.0.0.10",
                "10.0.0.8/31, 10.0.0.8 10.0.0.9",
                "10.0.0.8/32, 10.0.0.8",
                "10.0.0.254-10.0.1.1, 10.0.0.254 10.0.0.255 10.0.1.0 10.0.1.1",
                "`known,10.0.0.1`, 192.0.2.1 10.0.0.1",
                "223.255.255.254-255, 223.255.255.254 223.255.255.255"
            })
    void readsAddressLists(String list, String expected) throws IOException {
        write("pptpd.conf", "option opts\nlocalip 172.16.0.1\nremoteip " + list);
        assertThat(ready().config().addresses().remote())
                .extracting(Ipv4Address::toString)
                .containsExactly(expected.split(" "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.9-1",
                "10.0.0.234-8",
                "10.0.0.256",
                "10.0.0.1-256",
                "10.0.0.0/33",
                "10.0.0.9-10.0.0.2",
                "10.0-1.0-1.1",
                "10.0.0",
                "unknown",
                "10.0.0.1,,10.0.0.2",
                "10.0.0.1,",
                "10.0.0.1-2-3",
                "10.0.0.1 10.0.0.2",
                "10.0.0.1-3,10.0.0.2",
                "255.255.255.254-255",
                "0.0.0.0",
                "0.0.0.0/0",
                "127.0.0.1",
                "223.255.255.255-224.0.0.1",
                "-",
                "/"
            })
    void refusesAddressLists(String list) throws IOException {
        write("pptpd.conf", "option opts\nlocalip 172.16.0.1\nremoteip " + list);
        assertThat(errors())
                .hasSize(1)
                .allSatisfy(error -> assertThat(error).contains("pptpd.conf:3: remoteip: "));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                // localip, remoteip, connections, slots, local address of the last slot, warnings
                "10.0.0.1, 10.1.0.1-20, 0, 20, 10.0.0.1, 2",
                "10.0.0.1, 10.1.0.1-20, 5, 5, 10.0.0.1, 1",
                "10.0.0.1, 10.1.0.1-20, 20, 20, 10.0.0.1, 0",
                "10.0.0.1-4, 10.1.0.1-20, 20, 4, 10.0.0.4, 1",
                "10.0.0.1-9, 10.1.0.1-3, 9, 3, 10.0.0.3, 1",
                "10.0.0.1, 10.0.0.0/8, 7, 7, 10.0.0.1, 2"
            })
    void fitsListsAndConnectionsTogether(
            String local, String remote, int connections, int slots, String last, int warnings)
            throws IOException {
        write(
                "pptpd.conf",
                String.format(
                        "option opts\nlocalip %s\nremoteip %s\nconnections %d\n",
                        local, remote, connections));
        AddressSlots addresses = ready().config().addresses();
        assertThat(addresses.size()).isEqualTo(slots);
        assertThat(addresses.local(slots - 1)).hasToString(last);
        assertThat(ready().warnings()).hasSize(warnings);
    }

    @Test
    void warnsOfAnAddressOfBothListsAndRefusesWhereNoneIsLeft() throws IOException {
        write("pptpd.conf", "option opts\nlocalip 10.0.0.1\nremoteip 10.0.0.1-9\nconnections 9");
        assertThat(ready().warnings())
                .extracting(Object::toString)
                .containsExactly(
                        directory.resolve("pptpd.conf")
                                + ":3: remoteip: 10.0.0.1 is of localip, too: no client gets it");
        write("pptpd.conf", "option opts\nlocalip 10.0.0.1-2\nremoteip 10.0.0.1-2");
        assertThat(errors())
                .containsExactly(
                        directory.resolve("pptpd.conf")
                                + ":3: remoteip: all of these are addresses of localip, expected"
                                + " addresses for clients besides those");
    }

    @Test
    void hasPoptopsAddressesWhereNoneAreWritten() throws IOException {
        write("pptpd.conf", "option opts");
        AddressSlots addresses = ready().config().addresses();
        assertThat(addresses.size()).isEqualTo(100);
        assertThat(addresses.local(99)).hasToString("192.168.0.100");
        assertThat(addresses.remote(0)).hasToString("192.168.1.1");
        assertThat(ready().warnings())
                .extracting(ConfigWarning::text)
                .containsExactly(
                        "remoteip: not given, so it is 192.168.1.1 to 192.168.1.100, as with"
                                + " PoPToP",
                        "localip: not given, so it is 192.168.0.1 to 192.168.0.100, as with"
                                + " PoPToP");
    }

    @Test
    void refusesALocalAddressOfNoHost() throws IOException {
        write("pptpd.conf", "option opts\nlocalip 224.0.0.5\nremoteip 10.0.0.10");
        assertThat(errors())
                .containsExactly(
                        directory.resolve("pptpd.conf")
                                + ":2: localip: 224.0.0.5 is no address of a host, expected"
                                + " addresses from 1.0.0.0 to 223.255.255.255, without"
                                + " 127.0.0.0/8");
    }

    @Test
    void isLikePoptopInItsPptpLayer() {
        assertThat(ready().config().pptp())
                .isEqualTo(new PptpOptions("local", "linux", 1, false, false, 300, true, 8));
    }

    @Test
    void readsTheKeysOfThePptpLayer() throws IOException {
        write(
                "pptpd.conf",
                GOOD
                        + "hostname vpn.example.org\nvendor The Vendor # and no more\n"
                        + "callsperconnection 65535\nsetlinkinfo\nsendwindow\ngreholdmax 0\n"
                        + "nooffload\nreadydevices 0\n");
        assertThat(ready().warnings()).isEmpty();
        assertThat(ready().config().pptp())
                .isEqualTo(
                        new PptpOptions(
                                "vpn.example.org", "The Vendor", 65_535, true, true, 0, false, 0));
    }

    @Test
    void refusesANetworkOfAUserThatHoldsAddressesOfSessions() throws IOException {
        write("s", "bob pptpd canary * -- route 10.0.0.0/28\n");
        assertThat(errors())
                .containsExactly(
                        directory.resolve("s")
                                + ":1: route '10.0.0.0/28' has addresses of localip or remoteip in"
                                + " it, expected a network without 10.0.0.1");
    }

    @Test
    void givesPapItsOwnFileWhereThereIsOne() throws IOException {
        write("opts", "require-pap nomppe\nname pptpd\nchap-secrets s\n");
        assertThat(ready().papSecrets()).isEmpty();
        assertThat(ready().secrets().find("bob", "pptpd")).isPresent();

        Files.setPosixFilePermissions(
                write("pap-secrets", "eve * x *\n"), PosixFilePermissions.fromString("rw-------"));
        LoadedConfig.Ready usual = ready();
        assertThat(usual.papSecrets().orElseThrow().find("eve", "pptpd")).isPresent();
        assertThat(usual.secrets().size()).as("nobody needs the other file").isZero();

        Files.setPosixFilePermissions(
                write("other", "kim * x *\n"), PosixFilePermissions.fromString("rw-------"));
        write(
                "opts",
                "require-pap require-chap nomppe\nname pptpd\nchap-secrets s\npap-secrets other\n");
        LoadedConfig.Ready named = ready();
        assertThat(named.papSecrets().orElseThrow().find("kim", "pptpd")).isPresent();
        assertThat(named.secrets().find("bob", "pptpd")).isPresent();
    }

    @Test
    void refusesAHashOfCryptInAFileOfPap() throws IOException {
        write("opts", "require-pap nomppe\nname pptpd\npap-secrets other\n");
        Files.setPosixFilePermissions(
                write("other", "kim * $6$salt$hash *\n"),
                PosixFilePermissions.fromString("rw-------"));
        assertThat(errors())
                .containsExactly(
                        directory.resolve("other")
                                + ":1: the secret is a hash of crypt(3), expected the password"
                                + " itself, or {NT} and 32 hex digits");
    }

    @Test
    void warnsWhereHashesDoNotServeTheMethod() throws IOException {
        write("s", "bob * {NT}00112233445566778899aabbccddeeff *\n");
        write("opts", "require-chap require-mschap-v2 nomppe\nname pptpd\nchap-secrets s\n");
        assertThat(ready().warnings())
                .singleElement()
                .satisfies(warning ->
                        assertThat(warning.text()).startsWith("1 of the secrets are hashes"));
        write("opts", "require-mschap-v2\nname pptpd\nchap-secrets s\n");
        assertThat(ready().warnings()).isEmpty();
    }

    @Test
    void saysNothingOfTheKeysOfAFileThatIsNotThere() throws IOException {
        Files.delete(directory.resolve("pptpd.conf"));
        assertThat(load(Map.of()).warnings()).isEmpty();
    }

    @Test
    void saysWhatToDoInsteadOfAWordThatIsNotActedOn() throws IOException {
        write("opts", "require-mschap-v2\nname pptpd\nchap-secrets s\nproxyarp\n");
        assertThat(ready().warnings())
                .extracting(ConfigWarning::text)
                .containsExactly(
                        "'proxyarp' is not acted on yet: the network behind this host needs a route"
                                + " to the clients, or masquerading hides them");
    }

    @Test
    void warnsOfIpv6WhereLinksAreTooNarrowForIt() throws IOException {
        write("opts", "require-mschap-v2\nname pptpd\nchap-secrets s\n+ipv6\nmtu 1200\n");
        assertThat(ready().warnings())
                .extracting(ConfigWarning::text)
                .containsExactly("+ipv6 with mtu 1200: sessions have no IPv6, which needs 1280");
    }

    @Test
    void warnsWhereAnybodyMayTakeAnyAddress() throws IOException {
        write("opts", "require-mschap-v2\nname pptpd\nchap-secrets s\nipcp-accept-remote\n");
        assertThat(ready().warnings())
                .singleElement()
                .satisfies(warning -> {
                    assertThat(warning.place().line()).isEqualTo(4);
                    assertThat(warning.text()).startsWith("ipcp-accept-remote: a user with '*'");
                });
        write("s", "bob pptpd canary 10.0.0.0/24\n");
        assertThat(ready().warnings()).isEmpty();
    }

    @Test
    void survivesOddFiles() throws IOException {
        write("pptpd.conf", "\uFEFF" + GOOD.replace("\n", "\r\n"));
        assertThat(ready().warnings()).isEmpty();
        write("pptpd.conf", GOOD + "remoteip " + "x".repeat(10 << 20) + "\n");
        assertThat(errors())
                .containsExactly(
                        directory.resolve("pptpd.conf")
                                + ":4: the line is too long, expected at most 8192 octets");
        write("pptpd.conf", "\n".repeat(SourceText.MAX_FILE_OCTETS + 1));
        assertThat(errors()).anySatisfy(error -> assertThat(error).contains("is larger than"));
        Files.delete(directory.resolve("opts"));
        Files.createDirectory(directory.resolve("opts"));
        write("pptpd.conf", GOOD);
        assertThat(errors()).anySatisfy(error -> assertThat(error).contains("is a directory"));
    }

    @Test
    void survivesAnyOctets() throws IOException {
        Random random = new Random(5);
        byte[] good = GOOD.getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 1000; round++) {
            byte[] text = Arrays.copyOf(good, good.length);
            for (int i = random.nextInt(8); i >= 0; i--) {
                text[random.nextInt(text.length)] = (byte) random.nextInt(256);
            }
            Files.write(directory.resolve("pptpd.conf"), text);
            if (load(Map.of()) instanceof LoadedConfig.Refused refused) {
                assertThat(refused.errors())
                        .isNotEmpty()
                        .allSatisfy(error -> assertThat(error.place().line()).isPositive());
            }
        }
    }

    private LoadedConfig.Ready ready() {
        LoadedConfig loaded = load(Map.of());
        assertThat(loaded).isInstanceOf(LoadedConfig.Ready.class);
        return (LoadedConfig.Ready) loaded;
    }

    private List<String> errors() {
        LoadedConfig loaded = load(Map.of());
        assertThat(loaded).isInstanceOf(LoadedConfig.Refused.class);
        return ((LoadedConfig.Refused) loaded)
                .errors().stream().map(ConfigError::toString).toList();
    }

    private LoadedConfig load(Map<ServerKey, String> commandLine) {
        return loader().load(directory.resolve("pptpd.conf"), commandLine);
    }

    private ConfigLoader loader() {
        HostResolver resolver =
                name -> Ipv4Address.parse("192.0.2.1").filter(found -> name.equals("known"));
        String user = System.getProperty("user.name", "root");
        return new ConfigLoader(new ConfigEnvironment(directory, resolver, "host", Set.of(user)));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }
}
