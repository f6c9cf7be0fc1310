package dev.pptpd.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pptpd.client.ClientArguments.Request;
import dev.pptpd.ppp.auth.LoginMethod;
import dev.pptpd.ppp.eap.EapMethod;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EapArgumentsTest {
    @Test
    void logsInByMsChapV2WhereNothingIsSaid() throws ClientException {
        EapArguments eap = parse("");
        assertThat(eap.logins(List.of(LoginMethod.MS_CHAP_V2)))
                .containsExactly(LoginMethod.MS_CHAP_V2);
        assertThat(eap.methods()).containsExactly(EapMethod.MS_CHAP_V2);
        assertThat(eap.newPasswordFile()).isEmpty();
    }

    @Test
    void prefersItsCertificate() throws ClientException {
        EapArguments eap = parse("--cert c.pem --key k.pem --ca a.pem --server-name vpn.example");
        assertThat(eap.logins(List.of(LoginMethod.MS_CHAP_V2)))
                .containsExactly(LoginMethod.EAP, LoginMethod.MS_CHAP_V2);
        assertThat(eap.methods()).containsExactly(EapMethod.TLS, EapMethod.MS_CHAP_V2);
        assertThat(eap.certificates().orElseThrow().serverName()).contains("vpn.example");
    }

    @Test
    void takesMethodsInTheirOrder() throws ClientException {
        EapArguments eap = parse("--no-mppe --eap-methods md5,mschapv2");
        assertThat(eap.methods()).containsExactly(EapMethod.MD5, EapMethod.MS_CHAP_V2);
    }

    @Test
    void knowsTheNextPassword() throws ClientException {
        assertThat(parse("--new-password-file next").newPasswordFile()).contains("next");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--cert c.pem",
                "--cert c.pem --key k.pem",
                "--eap-methods tls",
                "--eap-methods md5",
                "--eap-methods peap",
                "--eap-methods ,"
            })
    void refusesWhatCannotWork(String flags) {
        assertThatThrownBy(() -> parse(flags)).isInstanceOf(ClientException.class);
    }

    private static EapArguments parse(String flags) throws ClientException {
        List<String> words = new ArrayList<>(List.of("vpn.example", "--user", "bob"));
        if (!flags.isEmpty()) {
            words.addAll(List.of(flags.split(" ", -1)));
        }
        Request request = ClientArguments.parse("1", words.toArray(String[]::new));
        return ((Request.Connect) request).arguments().eap();
    }
}
