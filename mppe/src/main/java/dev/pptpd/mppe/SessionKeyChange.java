package dev.pptpd.mppe;

import java.util.Arrays;

/**
 * How one session key follows from another. Keys stand at the front of arrays of 16 octets; the
 * strength says how many of them count. Holds only scratch space, so one serves all sessions of a
 * thread. Allocates nothing after it is made.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc3078#section-7.3 RFC 3078 section 7.3
 */
final class SessionKeyChange {
    private static final int PAD_OCTETS = 40;

    /** SHApad1 of the RFC. */
    static final byte[] PAD_1 = new byte[PAD_OCTETS];

    /** SHApad2 of the RFC. */
    static final byte[] PAD_2 = new byte[PAD_OCTETS];

    static {
        Arrays.fill(PAD_2, (byte) 0xF2);
    }

    private final Sha1 sha1 = new Sha1();
    private final byte[] interimKey = new byte[Sha1.DIGEST_OCTETS];
    private final Rc4 rc4;

    /** {@code rc4} is restarted by every {@link #next}. */
    SessionKeyChange(Rc4 rc4) {
        this.rc4 = rc4;
    }

    /** Writes the initial session key, the one that no packet in stateless mode is sent with. */
    void first(MppeStrength strength, byte[] startKey, byte[] sessionKey) {
        newKeyFromSha(strength, startKey, startKey);
        System.arraycopy(interimKey, 0, sessionKey, 0, strength.keyOctets());
        reduce(strength, sessionKey);
    }

    /** Replaces a session key by the next one. */
    void next(MppeStrength strength, byte[] startKey, byte[] sessionKey) {
        int octets = strength.keyOctets();
        newKeyFromSha(strength, startKey, sessionKey);
        System.arraycopy(interimKey, 0, sessionKey, 0, octets);
        rc4.start(interimKey, octets);
        rc4.apply(sessionKey, octets);
        reduce(strength, sessionKey);
    }

    /** Sets the octets that the shorter strengths hold fixed. */
    static void reduce(MppeStrength strength, byte[] sessionKey) {
        switch (strength) {
            case BITS_40 -> {
                sessionKey[0] = (byte) 0xD1;
                sessionKey[1] = (byte) 0x26;
                sessionKey[2] = (byte) 0x9E;
            }
            case BITS_56 -> sessionKey[0] = (byte) 0xD1;
            case BITS_128 -> {}
        }
    }

    /** GetNewKeyFromSHA of the RFC; the result is in {@link #interimKey}. */
    private void newKeyFromSha(MppeStrength strength, byte[] startKey, byte[] sessionKey) {
        int octets = strength.keyOctets();
        sha1.update(startKey, octets)
                .update(PAD_1)
                .update(sessionKey, octets)
                .update(PAD_2)
                .digest(interimKey);
    }
}
