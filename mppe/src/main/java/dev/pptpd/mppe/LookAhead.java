package dev.pptpd.mppe;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Key stream made before its packet is there: key stream does not depend on what it encrypts, and
 * the second of two costs little.
 */
final class LookAhead {
    private final LookAheads pool;
    private final byte[] window = new byte[KeyStreams.WINDOW_OCTETS];
    private final int[] nextKey = new int[KeyStreams.KEY_OCTETS];
    private @Nullable KeyChain owner;
    private int octets;

    LookAhead(LookAheads pool) {
        this.pool = pool;
    }

    /** Takes a stream, and the key behind it, for the next packet of {@code chain}. */
    void fill(KeyChain chain, KeyStreams streams, int stream, int madeOctets, int[] keyBehind) {
        streams.copy(stream, window, madeOctets);
        System.arraycopy(keyBehind, 0, nextKey, 0, nextKey.length);
        octets = madeOctets;
        owner = chain;
        chain.setAhead(this);
    }

    /** Whose it is; null when it is free. */
    @Nullable KeyChain owner() {
        return owner;
    }

    /** How long a frame may be to be encrypted with it. */
    int octets() {
        return octets;
    }

    /** The first four octets, the first one lowest. */
    int front() {
        return KeyWindow.front(window);
    }

    void apply(ByteBuffer data, int at, int frameOctets) {
        KeyWindow.apply(window, data, at, frameOctets);
    }

    /** The key of the packet after the next. */
    int[] nextKey() {
        return nextKey;
    }

    /** Gives it back; the owner has forgotten it already. */
    void release() {
        owner = null;
        Arrays.fill(window, 0, octets, (byte) 0);
        Arrays.fill(nextKey, 0);
        pool.giveBack(this);
    }
}
