package dev.pptpd.ppp.packet;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A control packet: code, identifier and data. Immutable; the arrays are copied.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc1661#section-5 RFC 1661 section 5
 */
public final class ControlPacket {
    /** Code, Identifier and Length. */
    public static final int HEADER_OCTETS = 4;

    private final int code;
    private final int identifier;
    private final byte[] data;

    /** A packet of the given code and identifier (0..255 each). */
    public ControlPacket(int code, int identifier, byte[] data) {
        this.code = code & 0xFF;
        this.identifier = identifier & 0xFF;
        this.data = data.clone();
    }

    /**
     * Reads the packet between position and limit without moving them. Octets beyond Length are
     * padding. Empty when the Length field is below the header or beyond the limit.
     */
    public static Optional<ControlPacket> decode(ByteBuffer buffer) {
        if (buffer.remaining() < HEADER_OCTETS) {
            return Optional.empty();
        }
        int at = buffer.position();
        int length = buffer.getShort(at + 2) & 0xFFFF;
        if (length < HEADER_OCTETS || length > buffer.remaining()) {
            return Optional.empty();
        }
        byte[] data = new byte[length - HEADER_OCTETS];
        buffer.get(at + HEADER_OCTETS, data);
        return Optional.of(new ControlPacket(buffer.get(at), buffer.get(at + 1), data));
    }

    /** The Code octet, 0..255. */
    public int code() {
        return code;
    }

    /** The Identifier octet, 0..255. */
    public int identifier() {
        return identifier;
    }

    /** A copy of what follows the header. */
    public byte[] data() {
        return data.clone();
    }

    /** The whole packet as it goes on the wire. */
    public byte[] encode() {
        ByteBuffer out = ByteBuffer.allocate(octets());
        out.put((byte) code).put((byte) identifier).putShort((short) octets()).put(data);
        return out.array();
    }

    /** Length on the wire in octets. */
    public int octets() {
        return HEADER_OCTETS + data.length;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ControlPacket packet
                && code == packet.code
                && identifier == packet.identifier
                && Arrays.equals(data, packet.data);
    }

    @Override
    public int hashCode() {
        return (code * 31 + identifier) * 31 + Arrays.hashCode(data);
    }

    /** Code, identifier and length; never the data, which may be a challenge or a response. */
    @Override
    public String toString() {
        return "ControlPacket[code=" + code + " id=" + identifier + " length=" + octets() + "]";
    }
}
