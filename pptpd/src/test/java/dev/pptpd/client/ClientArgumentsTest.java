package dev.pptpd.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.client.ClientArguments.Request;
import dev.pptpd.ppp.auth.LoginMethod;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ClientArgumentsTest {
    @Test
    void connectsWithStrongEncryptionAndOnceUnlessToldOtherwise() throws ClientException {
        ClientArguments arguments = parse("vpn.example.com --user alice");
        assertThat(arguments.host()).isEqualTo("vpn.example.com");
        assertThat(arguments.user()).isEqualTo("alice");
        assertThat(arguments.encryption().demand()).isEqualTo(EncryptionDemand.ONLY_128);
        assertThat(arguments.persistence().persists()).isFalse();
        assertThat(arguments.passwordFile()).isEmpty();
        assertThat(arguments.routes()).isEmpty();
        assertThat(arguments.defaultRoute()).isFalse();
        assertThat(arguments.local()).isEmpty();
        assertThat(arguments.dnsFile()).isEmpty();
        assertThat(arguments.mtuBytes()).isEqualTo(1400);
        assertThat(arguments.interfaceName()).isEqualTo("ppp%d");
        assertThat(arguments.incomingCall()).isFalse();
        assertThat(arguments.debug()).isFalse();
    }

    @Test
    void refusesARouteWithBitsBehindItsPrefix() {
        assertThatThrownBy(() -> parse("10.0.0.1 -u bob --route 10.1.0.1/16"))
                .hasMessageContaining("has bits behind its prefix; 10.1.0.0/16");
    }

    @Test
    void takesEveryFlag() throws ClientException {
        ClientArguments arguments =
                parse(
                        "10.0.0.1 -u bob --password-file - --route 10.1.0.0/16 --route 10.2.0.0/24"
                                + " --default-route --no-mppe --persist --maxfail 3 --holdoff 5"
                                + " --local 10.0.0.2 --mtu 1300 --dns /run/resolv --incoming-call"
                                + " -d --interface site0");
        assertThat(arguments.passwordFile()).contains("-");
        assertThat(arguments.routes())
                .extracting(Ipv4Network::toString)
                .containsExactly("10.1.0.0/16", "10.2.0.0/24");
        assertThat(arguments.defaultRoute()).isTrue();
        assertThat(arguments.encryption().demand()).isEqualTo(EncryptionDemand.NONE);
        assertThat(arguments.persistence())
                .isEqualTo(new ClientArguments.Persistence(true, 3, 5_000));
        assertThat(arguments.local()).isEqualTo(Ipv4Address.parse("10.0.0.2"));
        assertThat(arguments.mtuBytes()).isEqualTo(1300);
        assertThat(arguments.dnsFile()).contains(Path.of("/run/resolv"));
        assertThat(arguments.incomingCall()).isTrue();
        assertThat(arguments.debug()).isTrue();
        assertThat(arguments.interfaceName()).isEqualTo("site0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--mtu 1400 | MS-CHAPv2",
                "--login mschap-v2,mschap | MS-CHAPv2 MS-CHAPv1",
                "--login mschap,mschap-v2,mschap | MS-CHAPv1 MS-CHAPv2",
                "--login pap,chap --no-mppe | PAP CHAP-MD5",
                "--login pap,mschap | PAP MS-CHAPv1"
            })
    void logsInByWhatItIsTold(String flags, String methods) throws ClientException {
        assertThat(parse("h --user u " + flags).logins())
                .extracting(LoginMethod::label)
                .containsExactly(methods.split(" ", -1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"spap", "pap", "chap,pap", "mschap,", "MSCHAP", "mschap-v2;pap"})
    void refusesALoginThatIsNoneOrGivesNoKeysForItsEncryption(String words) {
        assertThatExceptionOfType(ClientException.class)
                .isThrownBy(() -> parse("h --user u --login " + words))
                .satisfies(e -> assertThat(e.exit()).isEqualTo(ClientExit.USAGE));
    }

    @Test
    void takesTheLastOfARepeatedFlag() throws ClientException {
        ClientArguments arguments = parse("h --user u --mtu 1400 --user v --mtu 1200");
        assertThat(arguments.user()).isEqualTo("v");
        assertThat(arguments.mtuBytes()).isEqualTo(1200);
    }

    @ParameterizedTest
    @CsvSource({
        "--require-mppe, ANY_STRENGTH",
        "--require-mppe-128, ONLY_128",
        "--require-mppe-56, ONLY_56",
        "--require-mppe-40, ONLY_40",
        "--no-mppe, NONE"
    })
    void knowsEveryDemandOfEncryption(String flag, EncryptionDemand demand) throws ClientException {
        assertThat(parse("h --user u " + flag).encryption().demand()).isEqualTo(demand);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--user u",
                "h",
                "h --user",
                "h i --user u",
                "h --user u --nonsense",
                "h --user u --route 10.0.0.0",
                "h --user u --route 10.0.0.0/33",
                "h --user u --local host",
                "h --user u --mtu 100",
                "h --user u --mtu 1501",
                "h --user u --mtu many",
                "h --user u --maxfail -1",
                "h --user u --holdoff 0",
                "h --user u --interface a/b",
                "h --user u --interface sixteen-letters-",
                "h --user u --no-mppe --require-mppe"
            })
    void refusesWhatItDoesNotUnderstandInOneSentence(String line) {
        assertThatExceptionOfType(ClientException.class)
                .isThrownBy(() -> parse(line))
                .satisfies(e -> assertThat(e.exit()).isEqualTo(ClientExit.USAGE))
                .withMessageContaining("see pptp --help");
    }

    @Test
    void explainsEveryFlagAndTellsItsVersion() throws ClientException {
        assertThat(printed("--help"))
                .contains("--user", "--password-file", "--route", "--default-route", "--no-mppe")
                .contains("--persist", "--maxfail", "--holdoff", "--local", "--mtu", "--dns");
        assertThat(printed("-v")).isEqualTo("pptp v1.2");
    }

    private static String printed(String flag) throws ClientException {
        return ((Request.Print) ClientArguments.parse("1.2", flag)).text();
    }

    private static ClientArguments parse(String line) throws ClientException {
        Request request = ClientArguments.parse("1.2", line.split(" "));
        return ((Request.Connect) request).arguments();
    }
}
