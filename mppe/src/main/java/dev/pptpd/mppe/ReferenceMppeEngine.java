package dev.pptpd.mppe;

import java.nio.ByteBuffer;

/**
 * The engine that follows the RFCs step by step, one packet after the other; whatever is faster is
 * checked against it. All modes, all strengths.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc3078#section-7.1 RFC 3078 section 7.1
 */
public final class ReferenceMppeEngine implements MppeEngine {
    private final Rc4 rc4 = new Rc4();
    private final SessionKeyChange keyChange = new SessionKeyChange(rc4);

    /** An engine for one thread, with its own scratch space. */
    public ReferenceMppeEngine() {}

    @Override
    public MppeEncryptor encryptor(MppeMode mode, byte[] startKey) {
        return new ReferenceEncryptor(mode, checked(startKey), keyChange);
    }

    @Override
    public MppeDecryptor decryptor(MppeMode mode, byte[] startKey, int mruBytes) {
        if (mode.strength().isEmpty()) {
            return new UnencryptedDecryptor(mode.stateless(), mruBytes);
        }
        MppeStrength strength = mode.strength().get();
        MppcDecompressor decompressor = mode.compressed() ? new MppcDecompressor(mruBytes) : null;
        return mode.stateless()
                ? new StatelessDecryptor(strength, checked(startKey), keyChange, decompressor)
                : new StatefulDecryptor(strength, checked(startKey), keyChange, decompressor);
    }

    @Override
    public void encrypt(MppeEncryptor[] states, ByteBuffer[] frames, int count) {
        for (int n = 0; n < count; n++) {
            ((ReferenceEncryptor) states[n]).encrypt(frames[n], keyChange);
        }
    }

    @Override
    public void decrypt(
            MppeDecryptor[] states,
            ByteBuffer[] frames,
            MppeVerdict[] verdicts,
            int count,
            long nowNanos) {
        for (int n = 0; n < count; n++) {
            PacketDecryptor state = (PacketDecryptor) states[n];
            verdicts[n] = state.decrypt(frames[n], keyChange, rc4, nowNanos);
        }
    }

    static byte[] checked(byte[] startKey) {
        if (startKey.length != MppeStartKeys.KEY_OCTETS) {
            throw new IllegalArgumentException(
                    "a start key has " + MppeStartKeys.KEY_OCTETS + " octets");
        }
        return startKey;
    }
}
