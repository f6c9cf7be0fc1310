package dev.pptpd.control;

import java.nio.ByteBuffer;

/**
 * The fields of one message of known length, at the offsets of the figures of RFC 2637. Lies over a
 * whole message, header included; reading and writing move nothing.
 */
record MessageFields(ByteBuffer message) {
    int uint8(int offset) {
        return Byte.toUnsignedInt(message.get(offset));
    }

    int uint16(int offset) {
        return Short.toUnsignedInt(message.getShort(offset));
    }

    long uint32(int offset) {
        return Integer.toUnsignedLong(message.getInt(offset));
    }

    byte[] octets(int offset, int length) {
        var octets = new byte[length];
        message.get(offset, octets);
        return octets;
    }

    MessageFields uint8(int offset, int value) {
        message.put(offset, (byte) value);
        return this;
    }

    MessageFields uint16(int offset, int value) {
        message.putShort(offset, (short) value);
        return this;
    }

    MessageFields uint32(int offset, long value) {
        message.putInt(offset, (int) value);
        return this;
    }

    /** Writes the octets; what the field has left behind them stays zero. */
    MessageFields octets(int offset, byte[] octets) {
        message.put(offset, octets);
        return this;
    }
}
