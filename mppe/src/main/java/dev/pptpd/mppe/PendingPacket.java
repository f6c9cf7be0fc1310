package dev.pptpd.mppe;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A packet that waits for another, so that the key streams of both are made together. */
final class PendingPacket {
    private final int[] key = new int[KeyStreams.KEY_OCTETS];
    private final int[] nextKey = new int[KeyStreams.KEY_OCTETS];
    private @Nullable KeyChain chain;
    private @Nullable ByteBuffer frame;
    private int at;
    private int octets;
    private boolean waiting;

    /** What is encrypted of {@code frame} begins at index {@code begin} and ends at its limit. */
    void set(KeyChain keys, ByteBuffer packet, int begin) {
        chain = keys;
        frame = packet;
        at = begin;
        octets = packet.limit() - begin;
        waiting = true;
    }

    boolean isWaiting() {
        return waiting;
    }

    void clear() {
        chain = null;
        frame = null;
        waiting = false;
        Arrays.fill(key, 0);
        Arrays.fill(nextKey, 0);
    }

    KeyChain chain() {
        return Objects.requireNonNull(chain);
    }

    ByteBuffer frame() {
        return Objects.requireNonNull(frame);
    }

    /** The index in {@link #frame} where what is encrypted begins. */
    int at() {
        return at;
    }

    /** How many octets are encrypted. */
    int octets() {
        return octets;
    }

    /** The key of this packet; to be written by whoever knows it. */
    int[] key() {
        return key;
    }

    void setKey(int[] known) {
        System.arraycopy(known, 0, key, 0, key.length);
    }

    /** Sets the key to the one at which its chain is. */
    void takeKey() {
        chain().copyKey(key);
    }

    /** The key behind it, once its stream has been started. */
    int[] nextKey() {
        return nextKey;
    }
}
