package dev.pptpd.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.ppp.auth.AuthenticationRequest;
import dev.pptpd.ppp.auth.AuthenticationResult;
import dev.pptpd.ppp.auth.AuthenticationResult.FailureCode;
import dev.pptpd.ppp.auth.ChangePasswordRequest;
import dev.pptpd.ppp.auth.EapRequest;
import dev.pptpd.ppp.auth.MsChapV2;
import dev.pptpd.ppp.auth.NtPasswordHash;
import dev.pptpd.ppp.auth.PasswordChange;
import dev.pptpd.ppp.auth.PeerName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PasswordChangesTest {
    private static final byte[] CHALLENGE = new byte[MsChapV2.CHALLENGE_OCTETS];
    private static final byte[] DECOY = new byte[NtPasswordHash.OCTETS];

    private final List<String> stored = new ArrayList<>();
    private boolean diskIsFull;
    private final SecretsAuthenticator authenticator =
            new SecretsAuthenticator(
                    new ChapSecrets(
                            List.of(
                                    SecretLine.line("alice", "pptpd", "wonderland"),
                                    SecretLine.line(
                                            "dave", "*", "{NT}8846F7EAEE8FB117AD06BDD830B7586C"),
                                    SecretLine.line("*", "*", "everybody"))),
                    this::store,
                    "pptpd",
                    false,
                    DECOY);

    private void store(ChapSecret line, Credential changed) throws IOException {
        if (diskIsFull) {
            throw new IOException("no space left on device");
        }
        stored.add(line.client() + " " + changed);
    }

    @Test
    void takesTheNewPasswordAtOnce() {
        PasswordChanges.Decision decision =
                authenticator.change(change("alice", "wonderland", "x"));
        assertThat(decision.obstacle()).isEmpty();
        assertThat(decision.login().result()).isInstanceOf(AuthenticationResult.Accepted.class);
        assertThat(decision.login().permissions()).isEqualTo(AddressPermissions.ANY);
        assertThat(stored).hasSize(1);
        assertThat(logsIn("alice", "x")).isTrue();
        assertThat(logsIn("alice", "wonderland")).isFalse();
    }

    /** The event loop decides logins while a change is being made. */
    @Test
    void leavesTheOldSecretToLoginsThatStillReadIt() {
        ChapSecret line = SecretLine.line("dave", "*", "{NT}8846F7EAEE8FB117AD06BDD830B7586C");
        byte[] held = line.credential().secret().octets();
        SecretsAuthenticator alone =
                new SecretsAuthenticator(
                        new ChapSecrets(List.of(line)), this::store, "pptpd", false, DECOY);
        assertThat(alone.change(change("dave", "password", "x")).obstacle()).isEmpty();
        assertThat(line.credential().secret().octets()).isEqualTo(held);
    }

    @Test
    void keepsAHashAHash() {
        assertThat(authenticator.change(change("dave", "password", "née")).obstacle()).isEmpty();
        assertThat(stored).singleElement().asString().startsWith("dave NtPasswordHash");
        assertThat(logsIn("dave", "née")).isTrue();
    }

    @Test
    void takesItOutOfEapToo() {
        EapRequest request =
                new EapRequest("EAP-MSCHAPv2", change("alice", "wonderland", "tea party"));
        assertThat(PasswordChanges.isOne(request)).isTrue();
        assertThat(authenticator.change(request).obstacle()).isEmpty();
        assertThat(logsIn("alice", "tea party")).isTrue();
    }

    @Test
    void changesOneAfterAnother() {
        for (int n = 0; n < 20; n++) {
            String old = n == 0 ? "wonderland" : "p" + n;
            assertThat(authenticator.change(change("alice", old, "p" + (n + 1))).obstacle())
                    .isEmpty();
        }
        assertThat(logsIn("alice", "p20")).isTrue();
        assertThat(logsIn("dave", "password")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "alice, wonderland, '', the new password is empty",
        "alice, wonderland, wonderland, the new password is the old one",
        "alice, looking glass, x, the packet does not fit the old password",
        "alice, wonderland, \ud83d, the new password is no text",
        "carol, everybody, x, the line is for every user",
    })
    void refusesWithAReason(String user, String old, String next, String obstacle) {
        assertRefused(authenticator.change(change(user, old, next)), obstacle);
        assertThat(stored).isEmpty();
        assertThat(logsIn("alice", "wonderland")).isTrue();
    }

    @Test
    void refusesAPacketWhoseLoginDoesNotFit() {
        ChangePasswordRequest good = change("alice", "wonderland", "x");
        good.ntResponse()[23] ^= 1;
        assertRefused(authenticator.change(good), "the login with the new password is wrong");
        assertThat(stored).isEmpty();
    }

    @Test
    void keepsTheOldPasswordWhereTheNewOneCannotBeKept() {
        diskIsFull = true;
        assertRefused(
                authenticator.change(change("alice", "wonderland", "x")),
                "the new password could not be kept: no space left on device");
        assertThat(logsIn("alice", "wonderland")).isTrue();
        assertThat(logsIn("alice", "x")).isFalse();
    }

    private static void assertRefused(PasswordChanges.Decision decision, String obstacle) {
        assertThat(decision.obstacle()).contains(obstacle);
        assertThat(decision.login().result())
                .isEqualTo(new AuthenticationResult.Rejected(FailureCode.CHANGING_PASSWORD));
        assertThat(decision.login().permissions()).isEqualTo(AddressPermissions.NONE);
    }

    private boolean logsIn(String user, String password) {
        AuthenticationRequest request =
                MsChapV2.respond(
                        name(user), CHALLENGE, CHALLENGE, NtPasswordHash.ofPassword(password));
        return authenticator.decide(request).result() instanceof AuthenticationResult.Accepted;
    }

    private static ChangePasswordRequest change(String user, String old, String next) {
        return PasswordChange.request(
                name(user), CHALLENGE, NtPasswordHash.ofPassword(old), next, new Random(1));
    }

    private static PeerName name(String user) {
        return new PeerName(user.getBytes(UTF_8));
    }
}
