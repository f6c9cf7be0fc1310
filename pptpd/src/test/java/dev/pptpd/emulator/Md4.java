package dev.pptpd.emulator;

import org.bouncycastle.crypto.digests.MD4Digest;

/** The digest of NT password hashes, RFC 1320. */
final class Md4 {
    private Md4() {}

    static Octets digest(Octets input) {
        var md4 = new MD4Digest();
        md4.update(input.toArray(), 0, input.length());
        byte[] digest = new byte[md4.getDigestSize()];
        int length = md4.doFinal(digest, 0);
        return Octets.of(digest).slice(0, length);
    }
}
