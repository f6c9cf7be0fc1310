package dev.pptpd.ppp.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.CharBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class NtPasswordHashTest {
    private static final byte[] DIGEST =
            HexFormat.of().parseHex("44ebba8d5312b8d611474411f56989ae");

    @Test
    void hashesThePasswordInUtf16LittleEndian() {
        assertThat(NtPasswordHash.ofPassword("clientPass"))
                .isEqualTo(NtPasswordHash.ofDigest(DIGEST));
    }

    @Test
    void takesAnyKindOfCharacters() {
        assertThat(NtPasswordHash.ofPassword(CharBuffer.wrap("clientPass".toCharArray())))
                .isEqualTo(NtPasswordHash.ofDigest(DIGEST));
    }

    /** MD4 of E4 00 AC 20 3D D8 0A DE, as another implementation computes it. */
    @Test
    void hashesCharactersBeyondAsciiAndSurrogatePairs() {
        assertThat(NtPasswordHash.ofPassword("\u00e4\u20ac\ud83d\ude0a"))
                .isEqualTo(
                        NtPasswordHash.ofDigest(
                                HexFormat.of().parseHex("c7b3659963487496e43e2db5874efb63")));
    }

    @Test
    void hashesTheEmptyPassword() {
        assertThat(NtPasswordHash.ofPassword(""))
                .isEqualTo(
                        NtPasswordHash.ofDigest(
                                HexFormat.of().parseHex("31d6cfe0d16ae931b73c59d7e0c089c0")));
    }

    @Test
    void refusesADigestOfAnotherLength() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NtPasswordHash.ofDigest(new byte[15]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NtPasswordHash.ofDigest(new byte[17]));
    }

    @Test
    void copiesTheDigestBothWays() {
        byte[] digest = DIGEST.clone();
        NtPasswordHash hash = NtPasswordHash.ofDigest(digest);
        digest[0] ^= 1;
        hash.octets()[1] ^= 1;
        assertThat(hash.octets()).isEqualTo(DIGEST);
    }

    @Test
    void differsFromOtherHashes() {
        NtPasswordHash hash = NtPasswordHash.ofDigest(DIGEST);
        assertThat(hash).isNotEqualTo(NtPasswordHash.ofPassword("clientpass"));
        assertThat(hash).isNotEqualTo("clientPass");
        assertThat(hash).hasSameHashCodeAs(NtPasswordHash.ofDigest(DIGEST));
    }

    @Test
    void neverPrintsItself() {
        assertThat(NtPasswordHash.ofDigest(DIGEST)).hasToString("NtPasswordHash[16 octets]");
    }

    /** Otherwise anybody could log in with the hash of all zeros. */
    @Test
    void isOfNoUseOnceWiped() {
        NtPasswordHash hash = NtPasswordHash.ofDigest(DIGEST);
        hash.wipe();
        assertThat(hash).isNotEqualTo(NtPasswordHash.ofDigest(new byte[16]));
        assertThat(NtPasswordHash.ofDigest(new byte[16])).isNotEqualTo(hash);
        assertThatIllegalStateException().isThrownBy(hash::octets);
        assertThatIllegalStateException().isThrownBy(hash::hashed);
    }
}
