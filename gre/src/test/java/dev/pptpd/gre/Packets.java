package dev.pptpd.gre;

import java.nio.ByteBuffer;

/** Packets as they come from a peer, written octet by octet and not by the code under test. */
final class Packets {
    static final int CALL_ID = 0x1234;

    private Packets() {}

    /** A data packet whose payload begins with {@code content}. */
    static ByteBuffer data(int number, int content) {
        return raw(0x3001, 8).putInt(number).putInt(content).putInt(0xC0210101).flip();
    }

    static ByteBuffer data(int number) {
        return data(number, number);
    }

    static ByteBuffer dataWithAcknowledgment(int number, int acknowledgment) {
        return raw(0x3081, 4).putInt(number).putInt(acknowledgment).putInt(number).flip();
    }

    static ByteBuffer acknowledgment(int number) {
        return raw(0x2081, 0).putInt(number).flip();
    }

    /** Flags, protocol, payload length and call id; room for 64 octets more. */
    static ByteBuffer raw(int flags, int payloadLength) {
        return ByteBuffer.allocate(72)
                .putShort((short) flags)
                .putShort((short) 0x880B)
                .putShort((short) payloadLength)
                .putShort((short) CALL_ID);
    }

    /** A frame with headroom. */
    static ByteBuffer frame(int content) {
        ByteBuffer frame = ByteBuffer.allocate(64);
        frame.position(24).putInt(content).putInt(~content).limit(32).position(24);
        return frame;
    }
}
