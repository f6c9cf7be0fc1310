package dev.pptpd.ppp.auth;

import java.security.MessageDigest;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.MD4Digest;

/**
 * MD4 of a password in UTF-16LE: all that MS-CHAP needs to know of it, and as good as the password
 * itself. Compares in constant time, never prints its octets, and is of no use once wiped.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2759#section-8.3 RFC 2759 section 8.3
 */
public final class NtPasswordHash {
    /** Length in octets. */
    public static final int OCTETS = 16;

    private final byte[] octets;
    private boolean wiped;

    private NtPasswordHash(byte[] octets) {
        this.octets = octets;
    }

    /** The hash of a password, which may be empty. The caller wipes what it came from. */
    public static NtPasswordHash ofPassword(CharSequence password) {
        byte[] utf16 = new byte[2 * password.length()];
        for (int n = 0; n < password.length(); n++) {
            char unit = password.charAt(n);
            utf16[2 * n] = (byte) unit;
            utf16[2 * n + 1] = (byte) (unit >> 8);
        }
        NtPasswordHash hash = new NtPasswordHash(md4(utf16));
        Arrays.fill(utf16, (byte) 0);
        return hash;
    }

    /** A hash made elsewhere; its {@value #OCTETS} octets are copied. */
    public static NtPasswordHash ofDigest(byte[] digest) {
        if (digest.length != OCTETS) {
            throw new IllegalArgumentException("an NT password hash has " + OCTETS + " octets");
        }
        return new NtPasswordHash(digest.clone());
    }

    /** A copy of the octets, for the caller to wipe. */
    public byte[] octets() {
        if (wiped) {
            throw new IllegalStateException("the password hash has been wiped");
        }
        return octets.clone();
    }

    /**
     * HashNtPasswordHash of the RFC, for the caller to wipe.
     *
     * @spec https://www.rfc-editor.org/rfc/rfc2759#section-8.4 RFC 2759 section 8.4
     */
    byte[] hashed() {
        byte[] copy = octets();
        byte[] hashed = md4(copy);
        Arrays.fill(copy, (byte) 0);
        return hashed;
    }

    /** Overwrites the hash; every login tried with it afterwards is an error of the caller. */
    public void wipe() {
        wiped = true;
        Arrays.fill(octets, (byte) 0);
    }

    /** In constant time; a wiped hash equals nothing but itself. */
    @Override
    public boolean equals(Object other) {
        if (this == other) {
            return true;
        }
        return other instanceof NtPasswordHash hash
                && !wiped
                && !hash.wiped
                && MessageDigest.isEqual(octets, hash.octets);
    }

    /** The same for all, so that it tells nothing; a secret is no key of a map. */
    @Override
    public int hashCode() {
        return OCTETS;
    }

    /** Never the hash. */
    @Override
    public String toString() {
        return "NtPasswordHash[" + OCTETS + " octets]";
    }

    private static byte[] md4(byte[] message) {
        MD4Digest md4 = new MD4Digest();
        md4.update(message, 0, message.length);
        byte[] digest = new byte[OCTETS];
        md4.doFinal(digest, 0);
        return digest;
    }
}
