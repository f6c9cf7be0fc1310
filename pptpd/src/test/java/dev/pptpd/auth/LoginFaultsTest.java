package dev.pptpd.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.ppp.auth.AuthenticationRequest;
import dev.pptpd.ppp.auth.AuthenticationResult;
import dev.pptpd.ppp.auth.AuthenticationResult.FailureCode;
import dev.pptpd.ppp.auth.ChapMd5Request;
import dev.pptpd.ppp.auth.KnownPassword;
import dev.pptpd.ppp.auth.MsChapV2;
import dev.pptpd.ppp.auth.PapRequest;
import dev.pptpd.ppp.auth.PeerName;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is refused, with which number for the client and which word for the log. */
final class LoginFaultsTest {
    /** A Monday. */
    private static final Clock NOON =
            Clock.fixed(Instant.parse("2026-11-16T12:00:00Z"), ZoneOffset.UTC);

    private static final byte[] CHALLENGE = new byte[MsChapV2.CHALLENGE_OCTETS];
    private static final String NT_HASH_OF_SECRET = "{NT}878d8014606cda29677a44efa1353fc7";

    private final ChapSecrets secrets =
            new ChapSecrets(
                    List.of(
                            line("alice", "pptpd", "secret", Account.OPEN),
                            line("bob", "elsewhere", "secret", Account.OPEN),
                            line("hash", "*", NT_HASH_OF_SECRET, Account.OPEN),
                            line("carol", "*", "secret", account(true, false, false, "")),
                            line("dave", "*", "secret", account(false, true, false, "")),
                            line("erin", "*", "secret", account(false, false, true, "")),
                            line("frank", "*", "secret", lastDay("2026-11-15")),
                            line("grace", "*", "secret", lastDay("2026-11-16")),
                            line("heidi", "*", "secret", hours("Mo-Fr/13:00-18:00")),
                            line("ivan", "*", "secret", hours("Mo/08:00-12:01")),
                            line("judy@office", "*", "other", Account.OPEN),
                            line("judy", "*", "secret", Account.OPEN),
                            line("CORP\\kim", "*", "other", Account.OPEN),
                            line("kim", "*", "secret", Account.OPEN)));

    @ParameterizedTest
    @CsvSource({
        "nobody, secret, 691, unknown-user",
        "bob, secret, 691, other-server",
        "alice, guessed, 691, wrong-password",
        "carol, guessed, 691, wrong-password",
        "carol, secret, 647, disabled",
        "dave, secret, 649, no-dialin",
        "erin, secret, 648, password-expired",
        "frank, secret, 647, account-expired",
        "heidi, secret, 646, outside-hours"
    })
    void tellsTheClientANumberAndTheLogAWord(String user, String password, int code, String word) {
        for (AuthenticationRequest request :
                List.of(v2(user, password), pap(user, password), md5(user, password))) {
            LoginDecision decision = decide(request, LookupNames.FULL);
            assertThat(decision.result())
                    .isInstanceOfSatisfying(
                            AuthenticationResult.Rejected.class,
                            rejected -> assertThat(rejected.code().number()).isEqualTo(code));
            assertThat(decision.fault().map(LoginFault::word)).hasValue(word);
            assertThat(decision.permissions()).isEqualTo(AddressPermissions.NONE);
        }
    }

    @ParameterizedTest
    @CsvSource({"alice", "grace", "ivan", "judy", "kim"})
    void letsInWhoHasNoFault(String user) {
        assertIn(decide(v2(user, "secret"), LookupNames.FULL));
    }

    @Test
    void saysThatAHashCannotServeMd5() {
        assertIn(decide(v2("hash", "secret"), LookupNames.FULL));
        assertIn(decide(pap("hash", "secret"), LookupNames.FULL));
        LoginDecision decision = decide(md5("hash", "secret"), LookupNames.FULL);
        assertThat(decision.result())
                .isEqualTo(new AuthenticationResult.Rejected(FailureCode.AUTHENTICATION_FAILURE));
        assertThat(decision.fault()).hasValue(LoginFault.HASH_ONLY);
    }

    /** The name as it came counts first, also where its shorter form has a line. */
    @ParameterizedTest
    @CsvSource({
        "judy@office, other, false, true, true",
        "judy@office, secret, false, true, false",
        "judy@home, secret, false, true, true",
        "judy@home, secret, false, false, false",
        "CORP\\kim, other, true, false, true",
        "CORP\\kim, secret, true, false, false",
        "HOME\\kim, secret, true, false, true",
        "HOME\\kim, secret, false, false, false",
        "HOME\\judy@home, secret, true, true, true",
        "HOME\\judy@home, secret, true, false, false",
        "@, secret, true, true, false"
    })
    void looksForTheFullNameFirstAndThenStripped(
            String user, String password, boolean domain, boolean realm, boolean isIn) {
        LookupNames names = new LookupNames(domain, realm);
        assertThat(decide(v2(user, password), names).fault().isEmpty()).isEqualTo(isIn);
        assertThat(decide(pap(user, password), names).fault().isEmpty()).isEqualTo(isIn);
    }

    @Test
    void takesThePasswordsOfPapFromTheirOwnFileWhereThereIsOne() {
        ChapSecrets papSecrets =
                new ChapSecrets(List.of(line("alice", "*", "for pap", Account.OPEN)));
        SecretsAuthenticator authenticator =
                new SecretsAuthenticator(
                        secrets,
                        Optional.of(papSecrets),
                        PasswordStore.NONE,
                        new LoginRules("pptpd", LookupNames.FULL, NOON),
                        new byte[16]);
        assertIn(authenticator.decide(pap("alice", "for pap")));
        assertIn(authenticator.decide(v2("alice", "secret")));
        assertThat(authenticator.decide(pap("alice", "secret")).fault())
                .hasValue(LoginFault.WRONG_PASSWORD);
        assertThat(authenticator.decide(v2("alice", "for pap")).fault())
                .hasValue(LoginFault.WRONG_PASSWORD);
    }

    private LoginDecision decide(AuthenticationRequest request, LookupNames names) {
        return new SecretsAuthenticator(
                        secrets,
                        Optional.empty(),
                        PasswordStore.NONE,
                        new LoginRules("pptpd", names, NOON),
                        new byte[16])
                .decide(request);
    }

    private static void assertIn(LoginDecision decision) {
        assertThat(decision.fault()).isEmpty();
        assertThat(decision.result()).isInstanceOf(AuthenticationResult.Accepted.class);
    }

    private static AuthenticationRequest v2(String user, String password) {
        return MsChapV2.respond(
                name(user),
                CHALLENGE,
                CHALLENGE,
                KnownPassword.ofText(password.getBytes(UTF_8)).ntHash());
    }

    private static AuthenticationRequest pap(String user, String password) {
        return new PapRequest(name(user), password.getBytes(UTF_8));
    }

    private static AuthenticationRequest md5(String user, String password) {
        return ChapMd5Request.respond(
                        name(user), 1, CHALLENGE, KnownPassword.ofText(password.getBytes(UTF_8)))
                .orElseThrow();
    }

    private static PeerName name(String user) {
        return new PeerName(user.getBytes(UTF_8));
    }

    private static Account account(
            boolean disabled, boolean noDialin, boolean expired, String lastDay) {
        return new Account(
                disabled,
                noDialin,
                expired,
                lastDay.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(lastDay)),
                List.of());
    }

    private static Account lastDay(String day) {
        return account(false, false, false, day);
    }

    private static Account hours(String hours) {
        return new Account(
                false,
                false,
                false,
                Optional.empty(),
                List.of(LoginHours.parse(hours).orElseThrow()));
    }

    private static ChapSecret line(String client, String server, String secret, Account account) {
        return new ChapSecret(
                client,
                server,
                Credential.of(secret.getBytes(UTF_8)),
                AddressPermissions.ANY,
                UserSettings.NONE.with(account));
    }
}
