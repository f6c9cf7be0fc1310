package dev.pptpd.mppe;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one direction of a session in stateless mode, for the {@link PairedMppeEngine}: from
 * each follows the next. Keys are as {@link KeyStreams} has them.
 */
final class KeyChain {
    private final MppeStrength strength;

    /** Octets of a key in each of its ints, the first one lowest. */
    private static final int PACKED = Integer.BYTES;

    private static final int KEY = InterimKeys.START_INTS;

    /**
     * What {@link InterimKeys#prepare} wrote, and from {@link #KEY} on the key of the next packet,
     * packed: an idle session keeps this for hours, and to unpack a key takes a hundredth of what
     * its packet takes.
     */
    private final int[] state = new int[KEY + KeyStreams.KEY_OCTETS / PACKED];

    /** The key stream of {@link #copyKey}, made ahead of its packet; null when there is none. */
    private @Nullable LookAhead ahead;

    /** The chain at the key of the packet with coherency count 0. */
    KeyChain(MppeStrength strength, byte[] startKey, InterimKeys digest, KeyStreams streams) {
        this.strength = strength;
        int octets = strength.keyOctets();
        int[] key = new int[KeyStreams.KEY_OCTETS];
        for (int n = 0; n < key.length; n++) {
            key[n] = startKey[n % octets] & 0xFF;
        }
        digest.prepare(key, state);
        // The initial session key is the digest alone; no packet is sent with it.
        int[] initial = new int[KeyStreams.KEY_OCTETS];
        digest.derive(state, octets, key, initial);
        reduce(initial);
        next(initial, key, digest);
        streams.encryptItself(key);
        reduce(key);
        pack(key);
        Arrays.fill(key, 0);
        Arrays.fill(initial, 0);
    }

    /** Writes the key of the next packet. */
    void copyKey(int[] to) {
        for (int n = 0; n < KeyStreams.KEY_OCTETS; n += PACKED) {
            int packed = state[KEY + n / PACKED];
            to[n] = packed & 0xFF;
            to[n + 1] = packed >>> 8 & 0xFF;
            to[n + 2] = packed >>> 16 & 0xFF;
            to[n + 3] = packed >>> 24;
        }
    }

    private void pack(int[] key) {
        for (int n = 0; n < KeyStreams.KEY_OCTETS; n += PACKED) {
            state[KEY + n / PACKED] =
                    key[n] | key[n + 1] << 8 | key[n + 2] << 16 | key[n + 3] << 24;
        }
    }

    /** Writes the interim key behind {@code current}; encrypted with itself it is the next key. */
    void next(int[] current, int[] interimKey, InterimKeys digest) {
        digest.derive(state, strength.keyOctets(), current, interimKey);
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

    /** The packet of {@link #copyKey} is done with. */
    void advanceTo(int[] next) {
        pack(next);
        dropAhead();
    }

    @Nullable LookAhead ahead() {
        return ahead;
    }

    /** The stream of {@link #copyKey} is there. */
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
        Arrays.fill(state, 0);
    }
}
