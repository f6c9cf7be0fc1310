package dev.pptpd.ppp.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pptpd.ppp.auth.AuthenticationResult.Accepted;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PasswordChangeTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final PeerName USER = new PeerName("User".getBytes(UTF_8));
    private static final byte[] CHALLENGE = HEX.parseHex("000102030405060708090a0b0c0d0e0f");
    private static final NtPasswordHash OLD = NtPasswordHash.ofPassword("old");

    static List<PublishedVector> vectors() {
        return PublishedVector.read("change-password-vectors.json");
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void findsTheNewPasswordOfDerivedVectors(PublishedVector vector) {
        ChangePasswordRequest request = decode(vector);
        NtPasswordHash old = NtPasswordHash.ofPassword(text(vector, "old"));
        assertThat(PasswordChange.newPassword(request, old).map(String::new))
                .contains(text(vector, "new"));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void makesTheOctetsOfDerivedVectors(PublishedVector vector) {
        byte[] random = HEX.parseHex(text(vector, "peerChallenge") + text(vector, "noise"));
        ChangePasswordRequest made =
                PasswordChange.request(
                        new PeerName(text(vector, "user").getBytes(UTF_8)),
                        HEX.parseHex(text(vector, "authenticatorChallenge")),
                        NtPasswordHash.ofPassword(text(vector, "old")),
                        text(vector, "new"),
                        new ScriptedEntropy(random));
        assertThat(HEX.formatHex(made.encode())).isEqualTo(text(vector, "data"));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void logsInWithTheNewPasswordOfDerivedVectors(PublishedVector vector) {
        NtPasswordHash hash = NtPasswordHash.ofPassword(text(vector, "new"));
        Accepted accepted = (Accepted) MsChapV2.verify(decode(vector).login(), hash);
        assertThat(accepted.successMessage()).isEqualTo(text(vector, "authenticatorResponse"));
        assertThat(HEX.formatHex(accepted.startKeys().orElseThrow().send()))
                .isEqualTo(text(vector, "serverSends"));
        assertThat(HEX.formatHex(accepted.startKeys().orElseThrow().receive()))
                .isEqualTo(text(vector, "clientSends"));
    }

    @Test
    void findsNothingUnderAnotherOldPassword() {
        NtPasswordHash other = NtPasswordHash.ofPassword("other");
        for (int seed = 0; seed < 2_000; seed++) {
            ChangePasswordRequest request = request("new", seed);
            assertThat(PasswordChange.newPassword(request, other)).isEmpty();
        }
    }

    /** A block that decrypts to a possible length under a wrong key is caught by the hash. */
    @Test
    void findsNothingWhereTheHashDoesNotFit() {
        ChangePasswordRequest request = request("new", 1);
        for (int octet = 0; octet < NtPasswordHash.OCTETS; octet++) {
            request.encryptedHash()[octet] ^= 0x20;
            assertThat(PasswordChange.newPassword(request, OLD)).isEmpty();
            request.encryptedHash()[octet] ^= 0x20;
        }
        assertThat(PasswordChange.newPassword(request, OLD)).isPresent();
    }

    @Test
    void takesEveryLengthOfPassword() {
        for (int length = 0; length <= PasswordChange.MAX_PASSWORD_CHARACTERS; length++) {
            String password = "p".repeat(length);
            Optional<char[]> found = PasswordChange.newPassword(request(password, length), OLD);
            assertThat(found.map(String::new)).contains(password);
        }
    }

    @Test
    void hasNoRoomForMoreThan256Characters() {
        assertThatThrownBy(() -> request("p".repeat(257), 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void survivesRandomBlocks() {
        Random random = new Random(2759);
        for (int n = 0; n < 20_000; n++) {
            byte[] data = new byte[ChangePasswordRequest.DATA_OCTETS];
            random.nextBytes(data);
            ChangePasswordRequest request =
                    ChangePasswordRequest.decode(data, USER, CHALLENGE).orElseThrow();
            assertThat(PasswordChange.newPassword(request, OLD)).isEmpty();
        }
    }

    @Test
    void decodesWhatItEncodesAndNoOtherLength() {
        byte[] data = request("new", 7).encode();
        assertThat(data).hasSize(582);
        for (int length = 0; length <= data.length + 4; length++) {
            Optional<ChangePasswordRequest> decoded =
                    ChangePasswordRequest.decode(Arrays.copyOf(data, length), USER, CHALLENGE);
            assertThat(decoded.isPresent()).isEqualTo(length == data.length);
            decoded.ifPresent(request -> assertThat(request.encode()).isEqualTo(data));
        }
    }

    @Test
    void printsNothingButTheName() {
        assertThat(request("new", 1)).hasToString("ChangePasswordRequest[User]");
    }

    private static ChangePasswordRequest request(String password, long seed) {
        return PasswordChange.request(USER, CHALLENGE, OLD, password, new Random(seed));
    }

    private static String text(PublishedVector vector, String name) {
        return Objects.requireNonNull(vector.input().get(name));
    }

    private static ChangePasswordRequest decode(PublishedVector vector) {
        return ChangePasswordRequest.decode(
                        HEX.parseHex(text(vector, "data")),
                        new PeerName(text(vector, "user").getBytes(UTF_8)),
                        HEX.parseHex(text(vector, "authenticatorChallenge")))
                .orElseThrow();
    }
}
