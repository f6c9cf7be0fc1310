package dev.pptpd.ppp.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.Optional;

/**
 * The LAN Manager hash of a password: the 40 and 56-bit keys of MS-CHAPv1 come from it. No login is
 * decided by it, since it is too weak for that.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2433#appendix-A.2 RFC 2433 appendix A.2
 */
final class LmPasswordHash {
    /** Length in octets. */
    static final int OCTETS = 16;

    private static final int MAX_PASSWORD_OCTETS = 2 * DesKey.PACKED_OCTETS;

    /** StdText of the RFC. */
    private static final byte[] STANDARD_TEXT = "KGS!@#$%".getBytes(US_ASCII);

    private LmPasswordHash() {}

    /**
     * The hash, for the caller to wipe. Empty for passwords that have none that both ends agree on:
     * longer than 14 characters, or with others than ASCII, whose code page nobody knows.
     */
    static Optional<byte[]> of(byte[] password) {
        if (password.length > MAX_PASSWORD_OCTETS) {
            return Optional.empty();
        }
        byte[] upperCase = new byte[MAX_PASSWORD_OCTETS];
        for (int n = 0; n < password.length; n++) {
            if (password[n] < 0) {
                return Optional.empty();
            }
            boolean isLowerCase = password[n] >= 'a' && password[n] <= 'z';
            upperCase[n] = (byte) (isLowerCase ? password[n] - 'a' + 'A' : password[n]);
        }
        byte[] hash = new byte[OCTETS];
        encryptStandardText(upperCase, 0, hash, 0);
        encryptStandardText(upperCase, DesKey.PACKED_OCTETS, hash, DesKey.BLOCK_OCTETS);
        Arrays.fill(upperCase, (byte) 0);
        return Optional.of(hash);
    }

    /** DesHash of the RFC, over seven octets of the password. */
    private static void encryptStandardText(byte[] password, int from, byte[] hash, int to) {
        byte[] key = Arrays.copyOfRange(password, from, from + DesKey.PACKED_OCTETS);
        DesKey.encrypt(key, STANDARD_TEXT, hash, to);
        Arrays.fill(key, (byte) 0);
    }
}
