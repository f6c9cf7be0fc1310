package dev.pptpd.bench.mppe;

import java.util.ArrayList;
import java.util.List;

/** The frames that all contestants have: as many, as long and with the same octets in them. */
final class Frames {
    /** On their way at a time; mppe_bench.c has as many. */
    static final int COUNT = 256;

    /** Handed to an engine at a time: what one recvmmsg(2) brings. */
    static final int BATCH = 32;

    /** Octets between the beginnings of two frames in memory. */
    static final int ROOM = 2_048;

    /** Octets before a frame. */
    static final int HEADROOM = 64;

    private static final int OCTETS_APART = 7;

    private Frames() {}

    /** The frames of the first {@code count} packets. */
    static List<byte[]> of(int count, int octets) {
        List<byte[]> frames = new ArrayList<>();
        for (int packet = 0; packet < count; packet++) {
            frames.add(frame(packet, octets));
        }
        return frames;
    }

    /** Protocol number, version and length of an IP packet, and octets that differ. */
    static byte[] frame(int packet, int octets) {
        byte[] frame = new byte[octets];
        for (int n = 0; n < octets; n++) {
            frame[n] = (byte) (OCTETS_APART * packet + n);
        }
        frame[0] = 0x00;
        frame[1] = 0x21;
        frame[2] = 0x45;
        frame[3] = 0x00;
        frame[4] = (byte) ((octets - 2) >> Byte.SIZE);
        frame[5] = (byte) (octets - 2);
        return frame;
    }
}
