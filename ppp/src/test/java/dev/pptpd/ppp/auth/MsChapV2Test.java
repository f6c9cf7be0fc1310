package dev.pptpd.ppp.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.pptpd.mppe.MppeStartKeys;
import dev.pptpd.ppp.auth.AuthenticationResult.Accepted;
import dev.pptpd.ppp.auth.AuthenticationResult.FailureCode;
import dev.pptpd.ppp.auth.AuthenticationResult.Rejected;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MsChapV2Test {
    private static final PeerName USER = name("User");
    private static final NtPasswordHash PASSWORD = NtPasswordHash.ofPassword("clientPass");
    private static final byte[] AUTHENTICATOR_CHALLENGE = hex("5b5d7c7d7b3f2f3e3c2c602132262628");
    private static final byte[] PEER_CHALLENGE = hex("21402324255e262a28295f2b3a337c7e");
    private static final String SUCCESS = "S=407A5589115FD0D6209F510FE9C04566932CDA56";

    private final MsChapV2Request request =
            MsChapV2.respond(USER, AUTHENTICATOR_CHALLENGE, PEER_CHALLENGE, PASSWORD);

    @Test
    void acceptsTheSampleOfTheRfcWithItsAnswerAndKeys() {
        Accepted accepted = accepted(MsChapV2.verify(request, PASSWORD));
        assertThat(accepted.successMessage()).isEqualTo(SUCCESS);
        assertThat(accepted.startKeys().orElseThrow().send())
                .isEqualTo(hex("8b7cdc149b993a1ba118cb153f56dccb"));
        assertThat(accepted.startKeys().orElseThrow().receive())
                .isEqualTo(hex("d5f0e9521e3ea9589645e86051c82226"));
    }

    @Test
    void clientTrustsTheServerAndHasItsKeysTheOtherWayRound() {
        Accepted accepted = accepted(MsChapV2.verify(request, PASSWORD));
        MppeStartKeys client = MsChapV2.clientStartKeys(request, PASSWORD);
        assertThat(MsChapV2.isProvenBy(accepted.successMessage(), request, PASSWORD)).isTrue();
        assertThat(client.send()).isEqualTo(accepted.startKeys().orElseThrow().receive());
        assertThat(client.receive()).isEqualTo(accepted.startKeys().orElseThrow().send());
    }

    @Test
    void hashesTheNameWithoutItsDomain() {
        MsChapV2Request withDomain =
                new MsChapV2Request(
                        name("EXAMPLE\\User"),
                        AUTHENTICATOR_CHALLENGE,
                        PEER_CHALLENGE,
                        request.ntResponse());
        assertThat(accepted(MsChapV2.verify(withDomain, PASSWORD)).successMessage())
                .isEqualTo(SUCCESS);
    }

    @Test
    void worksForNamesAndPasswordsBeyondAscii() {
        NtPasswordHash password = NtPasswordHash.ofPassword("p\u00e4ssw\u00f6rd \u20ac");
        MsChapV2Request answer =
                MsChapV2.respond(
                        name("j\u00fcrgen"), AUTHENTICATOR_CHALLENGE, PEER_CHALLENGE, password);
        Accepted accepted = accepted(MsChapV2.verify(answer, password));
        assertThat(MsChapV2.isProvenBy(accepted.successMessage(), answer, password)).isTrue();
    }

    @Test
    void rejectsAnotherPassword() {
        assertRejected(request, NtPasswordHash.ofPassword("clientpass"));
    }

    @Test
    void rejectsAnotherNameAndAnotherCase() {
        assertRejected(with(name("Userx"), AUTHENTICATOR_CHALLENGE, PEER_CHALLENGE), PASSWORD);
        assertRejected(with(name("user"), AUTHENTICATOR_CHALLENGE, PEER_CHALLENGE), PASSWORD);
    }

    @Test
    void rejectsAnAnswerToAnotherChallenge() {
        byte[] other = AUTHENTICATOR_CHALLENGE.clone();
        other[15] ^= 1;
        assertRejected(with(USER, other, PEER_CHALLENGE), PASSWORD);
        other = PEER_CHALLENGE.clone();
        other[0] ^= 1;
        assertRejected(with(USER, AUTHENTICATOR_CHALLENGE, other), PASSWORD);
    }

    /**
     * A30: the challenge of the peer is the peer's choice, and what the RFC reserves is not looked
     * at, as with pppd. The password counts, and the answer to another challenge is none.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "a challenge of zeros,             00, 00, 00",
        "a challenge of ones,              ff, 00, 00",
        "the challenge of the server,      5b, 00, 00",
        "something in the reserved octets, a7, ff, 00",
        "every flag,                       a7, 00, ff",
        "the flag of MS-CHAPv1,            a7, 00, 01"
    })
    void a30TakesWhatThePeerMayChoose(String what, String chosen, String reserved, String flags) {
        byte[] challenge = new byte[MsChapV2.CHALLENGE_OCTETS];
        Arrays.fill(challenge, AUTHENTICATOR_CHALLENGE[0]);
        byte[] data = responseTo(challenge, hex(chosen)[0]);
        Arrays.fill(data, 17, 25, hex(reserved)[0]);
        data[49] = hex(flags)[0];
        MsChapV2Request login = MsChapV2Request.decode(data, challenge).orElseThrow();
        assertThat(accepted(MsChapV2.verify(login, PASSWORD)).successMessage()).startsWith("S=");
        assertRejected(login, NtPasswordHash.ofPassword("guessed"));
        byte[] next = challenge.clone();
        next[0] ^= 1;
        assertRejected(MsChapV2Request.decode(data, next).orElseThrow(), PASSWORD);
        byte[] again = responseTo(next, hex(chosen)[0]);
        accepted(MsChapV2.verify(MsChapV2Request.decode(again, next).orElseThrow(), PASSWORD));
    }

    private static byte[] responseTo(byte[] challenge, byte chosen) {
        byte[] peerChallenge = new byte[MsChapV2.CHALLENGE_OCTETS];
        Arrays.fill(peerChallenge, chosen);
        return MsChapV2.respond(USER, challenge, peerChallenge, PASSWORD).encode();
    }

    @Test
    void rejectsAResponseWithAnyBitChanged() {
        for (int bit = 0; bit < 8 * MsChapV2.NT_RESPONSE_OCTETS; bit++) {
            byte[] changed = request.ntResponse().clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            assertRejected(with(changed), PASSWORD);
        }
    }

    @Test
    void rejectsAResponseOfEveryOtherLength() {
        for (int octets = 0; octets < 64; octets++) {
            if (octets != MsChapV2.NT_RESPONSE_OCTETS) {
                assertRejected(with(Arrays.copyOf(request.ntResponse(), octets)), PASSWORD);
            }
        }
    }

    @Test
    void clientDistrustsEveryOtherAnswer() {
        assertThat(MsChapV2.isProvenBy(SUCCESS + " M=Welcome", request, PASSWORD)).isTrue();
        for (int cut = 0; cut < SUCCESS.length(); cut++) {
            String message = SUCCESS.substring(0, cut);
            assertThat(MsChapV2.isProvenBy(message, request, PASSWORD)).as(message).isFalse();
        }
        for (int at = 0; at < SUCCESS.length(); at++) {
            String message = SUCCESS.substring(0, at) + '\u00e9' + SUCCESS.substring(at + 1);
            assertThat(MsChapV2.isProvenBy(message, request, PASSWORD)).as(message).isFalse();
        }
        NtPasswordHash other = NtPasswordHash.ofPassword("another");
        assertThat(MsChapV2.isProvenBy(SUCCESS, request, other)).isFalse();
    }

    @Test
    void refusesToDecideWithAWipedHash() {
        NtPasswordHash wiped = NtPasswordHash.ofPassword("clientPass");
        wiped.wipe();
        MsChapV2Request zeros =
                MsChapV2.respond(
                        USER,
                        AUTHENTICATOR_CHALLENGE,
                        PEER_CHALLENGE,
                        NtPasswordHash.ofDigest(new byte[16]));
        assertThatIllegalStateException().isThrownBy(() -> MsChapV2.verify(zeros, wiped));
    }

    @Test
    void bothSidesAgreeOnRandomLogins() {
        Random random = new Random(2759);
        for (int login = 0; login < 500; login++) {
            byte[] challenge = new byte[MsChapV2.CHALLENGE_OCTETS];
            byte[] peerChallenge = new byte[MsChapV2.CHALLENGE_OCTETS];
            byte[] digest = new byte[NtPasswordHash.OCTETS];
            byte[] user = new byte[random.nextInt(257)];
            random.nextBytes(challenge);
            random.nextBytes(peerChallenge);
            random.nextBytes(digest);
            random.nextBytes(user);
            NtPasswordHash password = NtPasswordHash.ofDigest(digest);
            MsChapV2Request answer =
                    MsChapV2.respond(new PeerName(user), challenge, peerChallenge, password);
            Accepted accepted = accepted(MsChapV2.verify(answer, password));
            assertThat(MsChapV2.isProvenBy(accepted.successMessage(), answer, password)).isTrue();
            digest[random.nextInt(digest.length)] ^= 0x40;
            assertRejected(answer, NtPasswordHash.ofDigest(digest));
        }
    }

    private MsChapV2Request with(PeerName name, byte[] challenge, byte[] peerChallenge) {
        return new MsChapV2Request(name, challenge, peerChallenge, request.ntResponse());
    }

    private static MsChapV2Request with(byte[] ntResponse) {
        return new MsChapV2Request(USER, AUTHENTICATOR_CHALLENGE, PEER_CHALLENGE, ntResponse);
    }

    private static Accepted accepted(AuthenticationResult result) {
        assertThat(result).isInstanceOf(Accepted.class);
        return (Accepted) result;
    }

    private static void assertRejected(MsChapV2Request request, NtPasswordHash password) {
        assertThat(MsChapV2.verify(request, password))
                .isEqualTo(new Rejected(FailureCode.AUTHENTICATION_FAILURE));
    }

    private static PeerName name(String text) {
        return new PeerName(text.getBytes(UTF_8));
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
