package dev.pptpd.mppe;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Sending in stateless mode: a new session key before every packet, so that each stands alone.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc3078#section-7.1 RFC 3078 section 7.1
 */
final class StatelessEncryptor implements MppeEncryptor {
    private final MppeStrength strength;
    private final byte[] startKey;
    private final byte[] sessionKey = new byte[MppeStartKeys.KEY_OCTETS];
    private int coherencyCount;

    StatelessEncryptor(MppeStrength strength, byte[] startKey, SessionKeyChange keyChange) {
        this.strength = strength;
        this.startKey = startKey.clone();
        keyChange.first(strength, startKey, sessionKey);
    }

    /** One frame, as {@link MppeEngine#encrypt} says. */
    void encrypt(ByteBuffer frame, SessionKeyChange keyChange, Rc4 rc4) {
        int at = frame.position() - MppeEngine.HEADER_OCTETS;
        if (at < 0) {
            throw new IllegalArgumentException("no room for the MPPE header before the frame");
        }
        keyChange.next(strength, startKey, sessionKey);
        rc4.start(sessionKey, strength.keyOctets());
        rc4.apply(frame, frame.position(), frame.limit());
        MppeHeader.encode(frame, at, MppeHeader.FLUSHED | MppeHeader.ENCRYPTED | coherencyCount);
        frame.position(at);
        coherencyCount = (coherencyCount + 1) & MppeHeader.COHERENCY_COUNT;
    }

    @Override
    public void wipe() {
        Arrays.fill(startKey, (byte) 0);
        Arrays.fill(sessionKey, (byte) 0);
    }
}
