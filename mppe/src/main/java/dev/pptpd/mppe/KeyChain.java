package dev.pptpd.mppe;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one direction of a session in stateless mode, for the {@link PairedMppeEngine}: from
 * each follows the next. Keys are as {@link KeyStreams} has them.
 */
final class KeyChain {
    private final MppeStrength strength;
    private final int[] key = new int[KeyStreams.KEY_OCTETS];
    private final int[] digestStart = new int[InterimKeys.START_INTS];

    /** The key stream of {@link #key}, made ahead of its packet; null when there is none. */
    private @Nullable LookAhead ahead;

    /** The chain at the key of the packet with coherency count 0. */
    KeyChain(MppeStrength strength, byte[] startKey, InterimKeys digest, KeyStreams streams) {
        this.strength = strength;
        int octets = strength.keyOctets();
        for (int n = 0; n < key.length; n++) {
            key[n] = startKey[n % octets] & 0xFF;
        }
        digest.prepare(key, digestStart);
        // The initial session key is the digest alone; no packet is sent with it.
        int[] initial = new int[KeyStreams.KEY_OCTETS];
        digest.derive(digestStart, octets, key, initial);
        reduce(initial);
        next(initial, key, digest);
        streams.encryptItself(key);
        reduce(key);
        Arrays.fill(initial, 0);
    }

    /** The key of the next packet. */
    int[] key() {
        return key;
    }

    /** Writes the interim key behind {@code current}; encrypted with itself it is the next key. */
    void next(int[] current, int[] interimKey, InterimKeys digest) {
        digest.derive(digestStart, strength.keyOctets(), current, interimKey);
    }

    /** Sets the octets that the shorter strengths hold fixed, and repeats their keys. */
    void reduce(int[] sessionKey) {
        switch (strength) {
            case BITS_40 -> {
                sessionKey[0] = 0xD1;
                sessionKey[1] = 0x26;
                sessionKey[2] = 0x9E;
            }
            case BITS_56 -> sessionKey[0] = 0xD1;
            case BITS_128 -> {
                return;
            }
        }
        int octets = strength.keyOctets();
        System.arraycopy(sessionKey, 0, sessionKey, octets, octets);
    }

    /** The packet of {@link #key} is done with. */
    void advanceTo(int[] next) {
        System.arraycopy(next, 0, key, 0, key.length);
        dropAhead();
    }

    @Nullable LookAhead ahead() {
        return ahead;
    }

    /** The stream of {@link #key} is there. */
    void setAhead(LookAhead made) {
        ahead = made;
    }

    /** Gives the stream made ahead back. */
    void dropAhead() {
        LookAhead dropped = ahead;
        ahead = null;
        if (dropped != null) {
            dropped.release();
        }
    }

    void wipe() {
        dropAhead();
        Arrays.fill(key, 0);
        Arrays.fill(digestStart, 0);
    }
}
