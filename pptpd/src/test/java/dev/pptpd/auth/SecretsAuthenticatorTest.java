package dev.pptpd.auth;

import static dev.pptpd.auth.SecretLine.line;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.ppp.auth.AuthenticationResult;
import dev.pptpd.ppp.auth.AuthenticationResult.FailureCode;
import dev.pptpd.ppp.auth.KnownPassword;
import dev.pptpd.ppp.auth.MsChapV2;
import dev.pptpd.ppp.auth.MsChapV2Request;
import dev.pptpd.ppp.auth.NtPasswordHash;
import dev.pptpd.ppp.auth.PeerName;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SecretsAuthenticatorTest {
    private static final byte[] AUTHENTICATOR_CHALLENGE = new byte[MsChapV2.CHALLENGE_OCTETS];
    private static final byte[] PEER_CHALLENGE = new byte[MsChapV2.CHALLENGE_OCTETS];
    private static final byte[] DECOY = new byte[NtPasswordHash.OCTETS];

    private final ChapSecrets secrets =
            new ChapSecrets(
                    List.of(
                            line("alice", "pptpd", "wonderland"),
                            line("bob", "elsewhere", "builder"),
                            line("CORP\\carol", "*", "christmas"),
                            line("dave", "*", "{NT}8846F7EAEE8FB117AD06BDD830B7586C")));

    @Test
    void acceptsTheRightPassword() {
        LoginDecision decision = decide("alice", "wonderland", false);
        assertThat(decision.result()).isInstanceOf(AuthenticationResult.Accepted.class);
        assertThat(decision.permissions()).isEqualTo(AddressPermissions.ANY);
    }

    /** A33, the message; for the time there is UserEnumerationIT. */
    @Test
    void refusesAWrongPasswordAndAnUnknownUserAlike() {
        AuthenticationResult refused =
                new AuthenticationResult.Rejected(FailureCode.AUTHENTICATION_FAILURE);
        assertThat(decide("alice", "looking glass", false).result()).isEqualTo(refused);
        assertThat(decide("nobody", "wonderland", false).result()).isEqualTo(refused);
        assertThat(decide("nobody", "", false).permissions()).isEqualTo(AddressPermissions.NONE);
    }

    @Test
    void tellsWhatIsSettledForTheUserWhoGetsInAlone() {
        UserSettings settings = UserSettings.NONE.withRoutes(List.of(Ipv4Network.ALL));
        ChapSecret site =
                new ChapSecret(
                        "branch",
                        "*",
                        Credential.of("oak".getBytes(UTF_8)),
                        AddressPermissions.ANY,
                        settings);
        SecretsAuthenticator authenticator =
                new SecretsAuthenticator(new ChapSecrets(List.of(site)), "pptpd", false, DECOY);
        assertThat(authenticator.decide(request("branch", "oak")).settings()).isEqualTo(settings);
        assertThat(authenticator.decide(request("branch", "elm")).settings())
                .isEqualTo(UserSettings.NONE);
    }

    @Test
    void refusesALineForAnotherServer() {
        assertThat(decide("bob", "builder", false).result())
                .isInstanceOf(AuthenticationResult.Rejected.class);
    }

    @Test
    void looksANameUpAsItCame() {
        assertThat(decide("CORP\\carol", "christmas", false).result())
                .isInstanceOf(AuthenticationResult.Accepted.class);
        assertThat(decide("CORP\\alice", "wonderland", false).result())
                .isInstanceOf(AuthenticationResult.Rejected.class);
    }

    @Test
    void stripsTheDomainWhereConfigured() {
        assertThat(decide("CORP\\alice", "wonderland", true).result())
                .isInstanceOf(AuthenticationResult.Accepted.class);
    }

    /** By this a peer that logs in again is known for who it was. */
    @Test
    void hasOneNameForAUserHoweverThePeerWordsIt() {
        assertThat(user("alice", "wonderland", true)).isEqualTo("alice");
        assertThat(user("CORP\\alice", "wonderland", true)).isEqualTo("alice");
        assertThat(user("corp\\alice", "wonderland", true)).isEqualTo("alice");
        assertThat(user("CORP\\carol", "christmas", true)).isEqualTo("CORP\\carol");
    }

    @Test
    void tellsTheUsersOfALineForAllByTheirNames() {
        SecretsAuthenticator byName =
                new SecretsAuthenticator(
                        new ChapSecrets(List.of(line("*", "*", "open"))), "pptpd", true, DECOY);
        assertThat(user(byName.decide(request("alice", "open")))).isEqualTo("alice");
        assertThat(user(byName.decide(request("CORP\\alice", "open")))).isEqualTo("alice");
        assertThat(user(byName.decide(request("bob", "open")))).isEqualTo("bob");
        SecretsAuthenticator byFullName =
                new SecretsAuthenticator(
                        new ChapSecrets(List.of(line("*", "*", "open"))), "pptpd", false, DECOY);
        assertThat(user(byFullName.decide(request("CORP\\alice", "open"))))
                .isEqualTo("CORP\\alice");
    }

    private String user(String user, String password, boolean stripDomain) {
        return user(decide(user, password, stripDomain));
    }

    private static String user(LoginDecision decision) {
        return ((AuthenticationResult.Accepted) decision.result()).user().text();
    }

    @Test
    void acceptsAStoredHash() {
        assertThat(decide("dave", "password", false).result())
                .isInstanceOf(AuthenticationResult.Accepted.class);
    }

    @Test
    void refusesTheDecoyItself() {
        MsChapV2Request request =
                MsChapV2.respond(
                        new PeerName("nobody".getBytes(UTF_8)),
                        AUTHENTICATOR_CHALLENGE,
                        PEER_CHALLENGE,
                        KnownPassword.ofText(DECOY).ntHash());
        assertThat(authenticator(false).decide(request).result())
                .isInstanceOf(AuthenticationResult.Rejected.class);
    }

    private LoginDecision decide(String user, String password, boolean stripDomain) {
        return authenticator(stripDomain).decide(request(user, password));
    }

    private static MsChapV2Request request(String user, String password) {
        return MsChapV2.respond(
                new PeerName(user.getBytes(UTF_8)),
                AUTHENTICATOR_CHALLENGE,
                PEER_CHALLENGE,
                NtPasswordHash.ofPassword(password));
    }

    private SecretsAuthenticator authenticator(boolean stripDomain) {
        return new SecretsAuthenticator(secrets, "pptpd", stripDomain, DECOY);
    }
}
