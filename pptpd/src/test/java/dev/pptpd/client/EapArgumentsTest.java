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
    private static final String CERTIFICATE = "--cert c.pem --key k.pem --ca a.pem";

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
        EapArguments eap = parse(CERTIFICATE + " --server-name vpn.example --password-file p");
        assertThat(eap.logins(List.of(LoginMethod.MS_CHAP_V2)))
                .containsExactly(LoginMethod.EAP, LoginMethod.MS_CHAP_V2);
        assertThat(eap.methods()).containsExactly(EapMethod.TLS, EapMethod.MS_CHAP_V2);
        assertThat(eap.certificates().orElseThrow().serverName()).contains("vpn.example");
    }

    @Test
    void asksForNoPasswordWhereThereIsACertificateAndNothingElse() throws ClientException {
        EapArguments eap = parse(CERTIFICATE);
        List<LoginMethod> logins = eap.logins(List.of(LoginMethod.MS_CHAP_V2));
        assertThat(logins).containsExactly(LoginMethod.EAP);
        assertThat(eap.methods()).containsExactly(EapMethod.TLS);
        assertThat(eap.takesPassword(logins)).isFalse();
        for (String flags : List.of(" --eap-methods tls", " --eap-methods tls --login eap")) {
            assertThat(parse(CERTIFICATE + flags).takesPassword(logins)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                CERTIFICATE + " --password-file p",
                CERTIFICATE + " --eap-methods tls,mschapv2",
                CERTIFICATE + " --eap-methods mschapv2",
                CERTIFICATE + " --login mschap-v2"
            })
    void takesAPasswordWhereAnotherLoginMayBeUsed(String flags) throws ClientException {
        EapArguments eap = parse(flags);
        assertThat(eap.takesPassword(eap.logins(List.of(LoginMethod.MS_CHAP_V2)))).isTrue();
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
