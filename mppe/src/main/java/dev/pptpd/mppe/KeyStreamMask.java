package dev.pptpd.mppe;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The second pass: key stream and data come together, eight octets at a time. */
final class KeyStreamMask {
    private static final VarHandle LONGS =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private KeyStreamMask() {}

    /**
     * Applies key stream to {@code data[at..at + octets)}, by index: position, limit and byte order
     * of the buffer play no part.
     *
     * @param window key stream, four octets in each value, the first one lowest
     */
    static void apply(int[] window, ByteBuffer data, int at, int octets) {
        int whole = octets & -Long.BYTES;
        for (int n = 0; n < whole; n += Long.BYTES) {
            long mask = (window[n >> 2] & 0xFFFF_FFFFL) | (long) window[(n >> 2) + 1] << 32;
            LONGS.set(data, at + n, (long) LONGS.get(data, at + n) ^ mask);
        }
        for (int n = whole; n < octets; n++) {
            int octet = window[n >> 2] >> (8 * (n & 3));
            data.put(at + n, (byte) (data.get(at + n) ^ octet));
        }
    }
}
