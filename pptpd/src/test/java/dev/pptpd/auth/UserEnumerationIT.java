package dev.pptpd.auth;

import static dev.pptpd.auth.SecretLine.line;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.ppp.auth.AuthenticationRequest;
import dev.pptpd.ppp.auth.AuthenticationResult;
import dev.pptpd.ppp.auth.MsChapV2;
import dev.pptpd.ppp.auth.NtPasswordHash;
import dev.pptpd.ppp.auth.PeerName;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A33: whoever guesses learns nothing about who is in the secrets file, by the clock either. */
@Tag("alone")
final class UserEnumerationIT {
    private static final int USERS = 1_000;
    private static final int LOGINS = 20_000;
    private static final int LOGINS_OF_A_USER = 1_000;
    private static final int WARM_UPS = 2;

    /** The smaller median over the larger one. */
    private static final double ALIKE = 0.95;

    private static final byte[] CHALLENGE = new byte[MsChapV2.CHALLENGE_OCTETS];

    /**
     * By turns, so that whatever slows the machine down slows both down; and many times each user,
     * since a processor that does the same again guesses its branches better.
     */
    @ParameterizedTest
    @CsvSource({"'', false", "CORP\\, true"})
    void takesAsLongForAnUnknownUserAsForAWrongPassword(String domain, boolean stripDomain) {
        SecretsAuthenticator authenticator = authenticator(stripDomain);
        long[] known = new long[LOGINS];
        long[] unknown = new long[LOGINS];
        for (int round = 0; round <= WARM_UPS; round++) {
            for (int login = 0; login < LOGINS; login++) {
                int user = login / LOGINS_OF_A_USER;
                known[login] = nanos(authenticator, guess(domain + "user" + user));
                unknown[login] = nanos(authenticator, guess(domain + "else" + user));
            }
        }
        long ofKnown = median(known);
        long ofUnknown = median(unknown);
        System.out.printf("wrong password: %d ns, unknown user: %d ns%n", ofKnown, ofUnknown);
        assertThat((double) Math.min(ofKnown, ofUnknown) / Math.max(ofKnown, ofUnknown))
                .isGreaterThanOrEqualTo(ALIKE);
    }

    private static SecretsAuthenticator authenticator(boolean stripDomain) {
        byte[] decoy = new byte[NtPasswordHash.OCTETS];
        new Random(33).nextBytes(decoy);
        List<ChapSecret> lines =
                IntStream.range(0, USERS)
                        .mapToObj(user -> line("user" + user, "*", "a password " + user))
                        .toList();
        return new SecretsAuthenticator(new ChapSecrets(lines), "pptpd", stripDomain, decoy);
    }

    private static AuthenticationRequest guess(String user) {
        return MsChapV2.respond(
                new PeerName(user.getBytes(UTF_8)),
                CHALLENGE,
                CHALLENGE,
                NtPasswordHash.ofDigest(CHALLENGE));
    }

    private static long nanos(SecretsAuthenticator authenticator, AuthenticationRequest request) {
        long start = System.nanoTime();
        LoginDecision decision = authenticator.decide(request);
        long end = System.nanoTime();
        assertThat(decision.result()).isInstanceOf(AuthenticationResult.Rejected.class);
        return end - start;
    }

    private static long median(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
