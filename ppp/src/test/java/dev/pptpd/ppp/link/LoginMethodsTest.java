package dev.pptpd.ppp.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.mppe.MppeStrength;
import dev.pptpd.ppp.auth.LoginMethod;
import dev.pptpd.ppp.ccp.MppeConfiguration;
import dev.pptpd.ppp.ccp.MppePolicy;
import dev.pptpd.ppp.link.LinkEnd.Cause;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A client and a server of ours, by every method, on good lines and bad ones. */
final class LoginMethodsTest {
    private static final MppeConfiguration NONE = MppeConfiguration.NONE;

    /** A header of 20 octets and nothing else. */
    private static final byte[] IP_PACKET =
            HexFormat.of().parseHex("4500001400000000400000000a0000050a000001");

    @ParameterizedTest
    @EnumSource(LoginMethod.class)
    void logsInOverABadLineByEveryMethod(LoginMethod method) {
        for (int seed = 0; seed < 40; seed++) {
            LinkPair pair = LinkPair.loggingIn(seed, List.of(method), List.of(method), NONE, NONE);
            pair.impair(20, 10, 50_000);
            pair.start().settle(120);
            assertThat(pair.client.isUp()).as("%s, seed %d", method, seed).isTrue();
            assertThat(pair.server.isUp()).as("%s, seed %d", method, seed).isTrue();
        }
    }

    /** What the server asks for in which order, what the client may do, and what comes of it. */
    @ParameterizedTest
    @CsvSource({
        "MS_CHAP_V2 MS_CHAP_V1 CHAP_MD5 PAP, MS_CHAP_V2, MS_CHAP_V2",
        "MS_CHAP_V2 MS_CHAP_V1 CHAP_MD5 PAP, MS_CHAP_V1, MS_CHAP_V1",
        "MS_CHAP_V2 MS_CHAP_V1 CHAP_MD5 PAP, CHAP_MD5, CHAP_MD5",
        "MS_CHAP_V2 MS_CHAP_V1 CHAP_MD5 PAP, PAP, PAP",
        "MS_CHAP_V2 PAP, CHAP_MD5 PAP, PAP",
        "MS_CHAP_V2 PAP, PAP MS_CHAP_V2, MS_CHAP_V2",
        "CHAP_MD5 PAP, MS_CHAP_V2 MS_CHAP_V1 PAP, PAP",
    })
    void findsTheMethodThatBothWant(String asked, String allowed, LoginMethod agreed) {
        LinkPair pair = LinkPair.loggingIn(1, methods(asked), methods(allowed), NONE, NONE);
        pair.start().settle(60);
        assertThat(pair.client.isUp()).isTrue();
        assertThat(pair.methodsDecided()).containsExactly(agreed.label());
        assertThat(pair.methodsTold()).containsExactly(agreed.label());
    }

    @ParameterizedTest
    @CsvSource({
        "MS_CHAP_V2, MS_CHAP_V1 CHAP_MD5 PAP",
        "MS_CHAP_V1, MS_CHAP_V2",
        "CHAP_MD5, MS_CHAP_V2",
        "PAP, MS_CHAP_V2",
        "CHAP_MD5 PAP, MS_CHAP_V2 MS_CHAP_V1"
    })
    void endsWhereTheyWantNoMethodInCommon(String asked, String allowed) {
        LinkPair pair = LinkPair.loggingIn(1, methods(asked), methods(allowed), NONE, NONE);
        pair.start().settle(120);
        assertThat(pair.client.end().cause()).isEqualTo(Cause.AUTHENTICATION_FAILED);
        assertThat(pair.server.end().cause())
                .isIn(Cause.AUTHENTICATION_FAILED, Cause.PEER_TERMINATED);
        assertThat(pair.methodsDecided()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(LoginMethod.class)
    void refusesAWrongPasswordByEveryMethod(LoginMethod method) {
        LinkPair pair = LinkPair.withWrongPassword(1, List.of(method));
        pair.start().settle(120);
        assertThat(pair.client.end().cause()).isEqualTo(Cause.AUTHENTICATION_FAILED);
        assertThat(pair.server.isUp()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(MppeStrength.class)
    void encryptsAfterMsChapV1WithEveryStrength(MppeStrength strength) {
        MppeConfiguration mppe = new MppeConfiguration(MppePolicy.REQUIRE, Set.of(strength));
        List<LoginMethod> v1 = List.of(LoginMethod.MS_CHAP_V1);
        LinkPair pair = LinkPair.loggingIn(1, v1, v1, mppe, mppe);
        pair.start().settle(60);
        assertThat(pair.strength()).hasValue(strength);
        assertThat(pair.carry(pair.client, IP_PACKET)).hasValue(IP_PACKET);
        assertThat(pair.carry(pair.server, IP_PACKET)).hasValue(IP_PACKET);
    }

    @ParameterizedTest
    @EnumSource(LoginMethod.class)
    void requiresEncryptionInVainAfterALoginWithoutKeys(LoginMethod method) {
        MppeConfiguration mppe =
                new MppeConfiguration(MppePolicy.REQUIRE, EnumSet.allOf(MppeStrength.class));
        LinkPair pair = LinkPair.loggingIn(1, List.of(method), List.of(method), mppe, mppe);
        pair.start().settle(60);
        assertThat(pair.server.isUp()).isEqualTo(method.givesKeys());
        if (!method.givesKeys()) {
            assertThat(pair.server.isFinished()).isTrue();
        }
    }

    /** {@code chap-interval}: the client is asked again, and nothing of the session changes. */
    @Test
    void challengesAClientAgainAndAgain() {
        for (LoginMethod method :
                List.of(LoginMethod.MS_CHAP_V2, LoginMethod.MS_CHAP_V1, LoginMethod.CHAP_MD5)) {
            LinkPair pair = LinkPair.withChallengesEvery(60_000, method);
            pair.start().settle(60);
            pair.pass(305);
            assertThat(pair.methodsDecided()).as(method.label()).hasSize(6);
            assertThat(pair.client.isUp()).isTrue();
            assertThat(pair.server.isUp()).isTrue();
            assertThat(pair.carry(pair.client, IP_PACKET)).hasValue(IP_PACKET);
        }
    }

    private static List<LoginMethod> methods(String names) {
        return Arrays.stream(names.split(" ", -1)).map(LoginMethod::valueOf).toList();
    }
}
