package dev.pptpd.bench.mppe;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/** What the JDK itself has. */
final class JcaPrimitives implements Primitives {
    private static final String RC4 = "ARCFOUR";

    private final MessageDigest sha1;
    private final Cipher rc4;

    JcaPrimitives() {
        try {
            sha1 = MessageDigest.getInstance("SHA-1");
            rc4 = Cipher.getInstance(RC4);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void digest(byte[] message, byte[] digest) {
        try {
            sha1.update(message);
            sha1.digest(digest, 0, DIGEST_OCTETS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void start(byte[] key) {
        try {
            rc4.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, RC4));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void apply(byte[] data, int offset, int octets) {
        try {
            rc4.update(data, offset, octets, data, offset);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
