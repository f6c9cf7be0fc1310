package dev.pptpd.emulator;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * The 128-bit session keys of one direction, one after another.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc3078#section-7.3 RFC 3078 section 7.3
 */
final class MppeKeySchedule {
    private static final int KEY_LENGTH = 16;
    private static final int PAD_LENGTH = 40;

    private final Octets startKey;
    private Octets sessionKey;

    MppeKeySchedule(Octets startKey) {
        this.startKey = startKey;
        this.sessionKey = mix(startKey, startKey, KEY_LENGTH);
    }

    Octets sessionKey() {
        return sessionKey;
    }

    void rekey() {
        Octets interim = mix(startKey, sessionKey, KEY_LENGTH);
        sessionKey = rc4(interim, interim);
    }

    /** SHA1(key | 40 x 00 | text | 40 x F2), cut to {@code length} octets. */
    static Octets mix(Octets key, Octets text, int length) {
        byte[] f2 = new byte[PAD_LENGTH];
        Arrays.fill(f2, (byte) 0xf2);
        Octets input = key.plus(Octets.of(new byte[PAD_LENGTH])).plus(text).plus(Octets.of(f2));
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            return Octets.of(sha1.digest(input.toArray())).slice(0, length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("InsecureCryptoUsage") // RFC 3078 says RC4
    static Octets rc4(Octets key, Octets text) {
        try {
            Cipher rc4 = Cipher.getInstance("ARCFOUR");
            rc4.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key.toArray(), "ARCFOUR"));
            return Octets.of(rc4.doFinal(text.toArray()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
