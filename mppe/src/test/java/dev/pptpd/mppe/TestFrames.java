package dev.pptpd.mppe;

import java.nio.ByteBuffer;

/** Frames as the data path hands them over: off-heap, with headroom and with octets behind. */
final class TestFrames {
    private static final int HEADROOM = 20;
    private static final int TAILROOM = 5;

    private TestFrames() {}

    /** A direct buffer whose position and limit enclose {@code content}. */
    static ByteBuffer withHeadroom(byte... content) {
        return fill(ByteBuffer.allocateDirect(HEADROOM + content.length + TAILROOM), content);
    }

    /** The same on the heap. */
    static ByteBuffer onHeap(byte... content) {
        return fill(ByteBuffer.allocate(HEADROOM + content.length + TAILROOM), content);
    }

    /** The octets from position to limit; the buffer stays as it is. */
    static byte[] octets(ByteBuffer buffer) {
        byte[] octets = new byte[buffer.remaining()];
        buffer.get(buffer.position(), octets);
        return octets;
    }

    private static ByteBuffer fill(ByteBuffer buffer, byte[] content) {
        return buffer.put(HEADROOM, content).position(HEADROOM).limit(HEADROOM + content.length);
    }
}
