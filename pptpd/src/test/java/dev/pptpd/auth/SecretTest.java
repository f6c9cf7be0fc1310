package dev.pptpd.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretTest {
    @Test
    void printsItsSizeOnly() {
        Secret secret = new Secret("canary".getBytes(UTF_8));
        assertThat(secret).hasToString("Secret[6 octets]");
        assertThat(new Credential.Password(secret).toString()).doesNotContain("canary");
    }

    @Test
    void matchesEqualOctetsOnly() {
        Secret secret = new Secret(new byte[] {1, 2, 3});
        assertThat(secret.matches(new byte[] {1, 2, 3})).isTrue();
        assertThat(secret.matches(new byte[] {1, 2, 4})).isFalse();
        assertThat(secret.matches(new byte[] {1, 2})).isFalse();
    }

    @Test
    void isZerosOnceClosed() {
        Secret secret = new Secret(new byte[] {1, 2, 3});
        secret.close();
        assertThat(secret.octets()).containsExactly(0, 0, 0);
    }

    @Test
    void recognisesStoredHashes() {
        Credential hash = Credential.of("{NT}000102030405060708090A0b0c0d0e0f".getBytes(UTF_8));
        assertThat(hash).isInstanceOf(Credential.NtPasswordHash.class);
        assertThat(hash.secret().octets())
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{NT}",
                "{NT}000102030405060708090a0b0c0d0e0g",
                "{nt}00",
                "",
                "000102030405060708090a0b0c0d0e0f0001"
            })
    void takesEverythingElseAsPassword(String word) {
        assertThat(Credential.of(word.getBytes(UTF_8))).isInstanceOf(Credential.Password.class);
    }
}
