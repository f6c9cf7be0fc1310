package dev.pptpd.auth;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** What a secrets file holds for a user. */
public sealed interface Credential {
    /** The octets, whatever they stand for. */
    Secret secret();

    /** A password as it is typed. */
    record Password(Secret secret) implements Credential {}

    /**
     * The MD4 hash of a password: 16 octets. It serves for MS-CHAP and MPPE and for nothing else.
     *
     * @spec https://www.rfc-editor.org/rfc/rfc2759#section-8.3 RFC 2759 section 8.3
     */
    record NtPasswordHash(Secret secret) implements Credential {}

    /**
     * The word of a secrets file: <code>{NT}</code> and 32 hex digits are a hash, all else a
     * password.
     */
    static Credential of(byte[] word) {
        return ntPasswordHash(word)
                .<Credential>map(NtPasswordHash::new)
                .orElseGet(() -> new Password(new Secret(word)));
    }

    private static Optional<Secret> ntPasswordHash(byte[] word) {
        final byte[] mark = {'{', 'N', 'T', '}'};
        final int hashOctets = 16;
        if (word.length != mark.length + 2 * hashOctets || !startsWith(word, mark)) {
            return Optional.empty();
        }
        byte[] hash = new byte[hashOctets];
        for (int i = 0; i < hashOctets; i++) {
            int high = word[mark.length + 2 * i];
            int low = word[mark.length + 2 * i + 1];
            if (!HexFormat.isHexDigit(high) || !HexFormat.isHexDigit(low)) {
                return Optional.empty();
            }
            hash[i] = (byte) ((HexFormat.fromHexDigit(high) << 4) | HexFormat.fromHexDigit(low));
        }
        Secret secret = new Secret(hash);
        Arrays.fill(hash, (byte) 0);
        return Optional.of(secret);
    }

    private static boolean startsWith(byte[] word, byte[] mark) {
        return Arrays.mismatch(word, mark) == mark.length;
    }
}
