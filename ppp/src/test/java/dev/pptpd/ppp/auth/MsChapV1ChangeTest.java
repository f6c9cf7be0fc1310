package dev.pptpd.ppp.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.ppp.auth.AuthenticationResult.Accepted;
import dev.pptpd.ppp.auth.AuthenticationResult.FailureCode;
import dev.pptpd.ppp.auth.AuthenticationResult.Rejected;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class MsChapV1ChangeTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final PeerName USER = new PeerName("User".getBytes(UTF_8));
    private static final byte[] CHALLENGE = HEX.parseHex("0001020304050607");
    private static final KnownPassword OLD = KnownPassword.ofText("old".getBytes(UTF_8));

    static List<PublishedVector> vectors() {
        return PublishedVector.read("change-password-v1-vectors.json");
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void makesTheOctetsOfDerivedVectors(PublishedVector vector) {
        MsChapV1ChangeRequest made =
                PasswordChange.requestOfV1(
                        name(vector),
                        HEX.parseHex(text(vector, "challenge")),
                        NtPasswordHash.ofPassword(text(vector, "old")),
                        text(vector, "new"),
                        new ScriptedEntropy(HEX.parseHex(text(vector, "noise"))));
        assertThat(HEX.formatHex(made.encode())).isEqualTo(text(vector, "data"));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void findsPasswordAndKeysOfDerivedVectors(PublishedVector vector) {
        MsChapV1ChangeRequest request =
                decode(HEX.parseHex(text(vector, "data")), name(vector), text(vector, "challenge"))
                        .orElseThrow();
        KnownPassword old = KnownPassword.ofText(text(vector, "old").getBytes(UTF_8));
        assertThat(PasswordChange.newPassword(request, old.ntHash()).map(String::new))
                .contains(text(vector, "new"));
        Accepted accepted = (Accepted) request.verify(old);
        assertThat(HEX.formatHex(accepted.startKeys().orElseThrow().send()))
                .isEqualTo(text(vector, "startKey"));
    }

    @Test
    void decodesWhatItEncodesAndNoOtherLength() {
        byte[] data = request(7).encode();
        assertThat(data).hasSize(1_114);
        for (int length = 0; length <= data.length + 4; length++) {
            Optional<MsChapV1ChangeRequest> decoded =
                    MsChapV1ChangeRequest.decode(Arrays.copyOf(data, length), USER, CHALLENGE);
            assertThat(decoded.isPresent()).isEqualTo(length == data.length);
            decoded.ifPresent(request -> assertThat(request.encode()).isEqualTo(data));
        }
    }

    @Test
    void refusesWhatDoesNotFitTogether() {
        byte[] good = request(1).encode();
        assertThat(decoded(good).verify(OLD)).isInstanceOf(Accepted.class);
        KnownPassword other = KnownPassword.ofText("other".getBytes(UTF_8));
        expectRefused(decoded(good).verify(other));
        // One octet of the password's end, of the old hash, of the response, and the flags.
        for (int at : new int[] {511, 515, 516, 531, 1_088, 1_111, 1_113}) {
            byte[] bad = good.clone();
            bad[at] ^= 1;
            expectRefused(decoded(bad).verify(OLD));
        }
    }

    @Test
    void doesNotLookAtWhatIsOfLanManager() {
        byte[] data = request(1).encode();
        Arrays.fill(data, 532, 1_088, (byte) 0x5A);
        data[1_113] |= 2;
        assertThat(decoded(data).verify(OLD)).isInstanceOf(Accepted.class);
    }

    @Test
    void survivesRandomOctets() {
        Random random = new Random(2433);
        for (int n = 0; n < 5_000; n++) {
            byte[] data = new byte[MsChapV1ChangeRequest.DATA_OCTETS];
            random.nextBytes(data);
            expectRefused(decoded(data).verify(OLD));
        }
    }

    @Test
    void printsNothingButTheName() {
        assertThat(request(1)).hasToString("MsChapV1ChangeRequest[User]");
    }

    private static void expectRefused(AuthenticationResult result) {
        assertThat(result).isEqualTo(new Rejected(FailureCode.CHANGING_PASSWORD));
    }

    private static MsChapV1ChangeRequest request(long seed) {
        return PasswordChange.requestOfV1(USER, CHALLENGE, OLD.ntHash(), "new", new Random(seed));
    }

    private static MsChapV1ChangeRequest decoded(byte[] data) {
        return decode(data, USER, HEX.formatHex(CHALLENGE)).orElseThrow();
    }

    private static Optional<MsChapV1ChangeRequest> decode(
            byte[] data, PeerName name, String challenge) {
        return MsChapV1ChangeRequest.decode(data, name, HEX.parseHex(challenge));
    }

    private static PeerName name(PublishedVector vector) {
        return new PeerName(text(vector, "user").getBytes(UTF_8));
    }

    private static String text(PublishedVector vector, String name) {
        return Objects.requireNonNull(vector.input().get(name));
    }
}
