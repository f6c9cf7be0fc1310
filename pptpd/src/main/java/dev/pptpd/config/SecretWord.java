package dev.pptpd.config;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.pptpd.auth.Credential;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;

/** A secret as it is written into a secrets file, so that it is read as what it is. */
final class SecretWord {
    private static final byte[] HASH_MARK = "{NT}".getBytes(US_ASCII);

    /** A backslash and three octal digits. */
    private static final int ESCAPED_OCTETS = 4;

    private SecretWord() {}

    /**
     * The word with its quotes, for the caller to wipe.
     *
     * @throws IOException where a password would be read as something else
     */
    static byte[] of(Credential credential) throws IOException {
        byte[] octets = credential.secret().octets();
        try {
            return switch (credential) {
                case Credential.NtPasswordHash _ -> hash(octets);
                case Credential.Password _ -> quoted(octets);
            };
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    private static byte[] hash(byte[] octets) {
        byte[] word = new byte[HASH_MARK.length + 2 * octets.length];
        System.arraycopy(HASH_MARK, 0, word, 0, HASH_MARK.length);
        HexFormat hex = HexFormat.of();
        for (int n = 0; n < octets.length; n++) {
            word[HASH_MARK.length + 2 * n] = (byte) hex.toHighHexDigit(octets[n]);
            word[HASH_MARK.length + 2 * n + 1] = (byte) hex.toLowHexDigit(octets[n]);
        }
        return word;
    }

    private static byte[] quoted(byte[] password) throws IOException {
        check(password);
        byte[] word = new byte[ESCAPED_OCTETS * password.length + 2];
        int length = 0;
        word[length++] = '"';
        for (byte octet : password) {
            if (octet == '"' || octet == '\\') {
                word[length++] = '\\';
                word[length++] = octet;
            } else if ((octet >= 0 && octet < ' ') || octet == 0x7F) {
                word[length++] = '\\';
                word[length++] = (byte) ('0' + (octet >> 6));
                word[length++] = (byte) ('0' + (octet >> 3 & 7));
                word[length++] = (byte) ('0' + (octet & 7));
            } else {
                word[length++] = octet;
            }
        }
        word[length++] = '"';
        byte[] whole = Arrays.copyOf(word, length);
        Arrays.fill(word, (byte) 0);
        return whole;
    }

    /** What quotes do not help against. */
    private static void check(byte[] password) throws IOException {
        if (password.length == 0 || password.length > ChapSecretsReader.MAX_SECRET_OCTETS) {
            throw new IOException(
                    "a secret has 1 to " + ChapSecretsReader.MAX_SECRET_OCTETS + " octets");
        }
        for (byte octet : password) {
            if (octet == 0) {
                throw new IOException("a secrets file has no room for a NUL");
            }
        }
        boolean isFile = password.length > 1 && password[0] == '@' && password[1] == '/';
        boolean isHash = Arrays.mismatch(password, HASH_MARK) == HASH_MARK.length;
        if (isFile || isHash || Arrays.equals(password, HASH_MARK)) {
            throw new IOException("the password would be read as a file or as a hash");
        }
    }
}
