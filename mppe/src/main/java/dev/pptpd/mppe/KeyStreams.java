package dev.pptpd.mppe;

import java.nio.ByteBuffer;

/**
 * Two RC4 key streams, made side by side: one alone spends most of its time waiting for its own
 * last store, so two together take little longer than one.
 *
 * <p>Keys are arrays of {@value #KEY_OCTETS} values of one octet each. A shorter key stands in them
 * repeated, which is what RC4 does with it anyway. Nothing is allocated. Not thread-safe.
 */
interface KeyStreams {
    /** Octets of a key, repeated or not. */
    int KEY_OCTETS = 16;

    /** Octets of key stream that are made at a time: lengths are rounded up to a multiple. */
    int STEP_OCTETS = 8;

    /** Octets of key stream that can be had at a time. */
    int WINDOW_OCTETS = 2_048;

    /** The stream that can also be made alone. */
    int FIRST = 0;

    /** The other one. */
    int SECOND = 1;

    /**
     * Starts {@code stream} with {@code key} and replaces {@code interimKey} by its encryption with
     * itself, which is the next session key. The two key schedules run side by side, too.
     *
     * @spec https://www.rfc-editor.org/rfc/rfc3078#section-7.3 RFC 3078 section 7.3
     */
    void schedule(int stream, int[] key, int[] interimKey);

    /** Replaces {@code interimKey} by its encryption with itself; the streams stay as they are. */
    void encryptItself(int[] interimKey);

    /**
     * Makes the octets {@code from} to {@code to} of both windows, from where the streams are.
     *
     * @param from a multiple of {@value #STEP_OCTETS}
     * @param to is rounded up to one; at most {@value #WINDOW_OCTETS}
     */
    void makeBoth(int from, int to);

    /** The same for the first stream alone. */
    void makeFirst(int from, int to);

    /** The first four octets of a window, the first one lowest. */
    int front(int stream);

    /**
     * Applies the front of a window to {@code data[at..at + octets)}, by index: position, limit and
     * byte order of the buffer play no part.
     */
    void apply(int stream, ByteBuffer data, int at, int octets);

    /** Copies the first {@code octets} octets of a window. */
    void copy(int stream, byte[] to, int octets);

    /** What is made when so many octets are asked for. */
    static int roundedUp(int octets) {
        return octets + STEP_OCTETS - 1 & -STEP_OCTETS;
    }

    /** Forgets keys and streams. */
    void wipe();
}
