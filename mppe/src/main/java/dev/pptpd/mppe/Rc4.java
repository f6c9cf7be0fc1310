package dev.pptpd.mppe;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * One RC4 key stream, restarted by {@link #start} and running on from call to call. Allocates
 * nothing after it is made. Not thread-safe.
 */
final class Rc4 {
    private static final int STATE_OCTETS = 256;

    /**
     * Key stream made at a time: small enough for the first-level cache, long enough that two plain
     * loops beat one that mixes key stream and data.
     */
    private static final int CHUNK_OCTETS = 512;

    private final int[] state = new int[STATE_OCTETS];
    private final byte[] chunk = new byte[CHUNK_OCTETS];
    private int i;
    private int j;

    /** Restarts the key stream with the first {@code keyOctets} octets of {@code key}. */
    void start(byte[] key, int keyOctets) {
        int[] s = state;
        for (int n = 0; n < STATE_OCTETS; n++) {
            s[n] = n;
        }
        int swap = 0;
        int at = 0;
        for (int n = 0; n < STATE_OCTETS; n++) {
            int value = s[n];
            swap = (swap + value + key[at]) & 0xFF;
            s[n] = s[swap];
            s[swap] = value;
            at = at + 1 == keyOctets ? 0 : at + 1;
        }
        i = 0;
        j = 0;
    }

    /** Goes on where {@code other} is now. */
    void copyFrom(Rc4 other) {
        System.arraycopy(other.state, 0, state, 0, STATE_OCTETS);
        i = other.i;
        j = other.j;
    }

    /** Forgets the key stream, of which the state gives away all that is to come. */
    void wipe() {
        Arrays.fill(state, 0);
        Arrays.fill(chunk, (byte) 0);
    }

    /** Applies the next {@code octets} of the key stream to the front of {@code data}. */
    void apply(byte[] data, int octets) {
        for (int done = 0; done < octets; done += CHUNK_OCTETS) {
            int part = Math.min(CHUNK_OCTETS, octets - done);
            fillChunk(part);
            for (int n = 0; n < part; n++) {
                data[done + n] ^= chunk[n];
            }
        }
    }

    /**
     * Applies the next part of the key stream to {@code data[from..to)}, by index: position, limit
     * and byte order of the buffer play no part.
     */
    void apply(ByteBuffer data, int from, int to) {
        for (int at = from; at < to; at += CHUNK_OCTETS) {
            int part = Math.min(CHUNK_OCTETS, to - at);
            fillChunk(part);
            for (int n = 0; n < part; n++) {
                data.put(at + n, (byte) (data.get(at + n) ^ chunk[n]));
            }
        }
    }

    private void fillChunk(int octets) {
        int[] s = state;
        byte[] out = chunk;
        int x = i;
        int y = j;
        for (int n = 0; n < octets; n++) {
            x = (x + 1) & 0xFF;
            int a = s[x];
            y = (y + a) & 0xFF;
            int b = s[y];
            s[x] = b;
            s[y] = a;
            out[n] = (byte) s[(a + b) & 0xFF];
        }
        i = x;
        j = y;
    }
}
