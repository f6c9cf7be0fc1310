package dev.pptpd.bench.mppe;

import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.engines.RC4Engine;
import org.bouncycastle.crypto.params.KeyParameter;

/** Bouncy Castle by its light-weight interface. */
final class BouncyCastlePrimitives implements Primitives {
    private final SHA1Digest sha1 = new SHA1Digest();
    private final RC4Engine rc4 = new RC4Engine();

    @Override
    public void digest(byte[] message, byte[] digest) {
        sha1.update(message, 0, message.length);
        sha1.doFinal(digest, 0);
    }

    @Override
    public void start(byte[] key) {
        rc4.init(true, new KeyParameter(key));
    }

    @Override
    public void apply(byte[] data, int offset, int octets) {
        rc4.processBytes(data, offset, octets, data, offset);
    }
}
