package dev.pptpd.mppe;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The platform's SHA-1, without its checked exceptions and without allocation per digest. */
final class Sha1 {
    /** Length of a digest in octets. */
    static final int DIGEST_OCTETS = 20;

    private final MessageDigest digest;

    Sha1() {
        try {
            digest = MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    /** Takes in the first {@code octets} octets of {@code data}. */
    Sha1 update(byte[] data, int octets) {
        digest.update(data, 0, octets);
        return this;
    }

    /** Takes in all of {@code data}. */
    Sha1 update(byte[] data) {
        return update(data, data.length);
    }

    /** Ends the message: writes {@value #DIGEST_OCTETS} octets to the front of {@code out}. */
    void digest(byte[] out) {
        try {
            digest.digest(out, 0, DIGEST_OCTETS);
        } catch (DigestException e) {
            throw new IllegalStateException("no room for a digest", e);
        }
    }

    /** Forgets what the last message left behind. */
    void wipe() {
        digest.reset();
    }
}
