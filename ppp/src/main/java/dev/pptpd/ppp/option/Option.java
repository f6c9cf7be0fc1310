package dev.pptpd.ppp.option;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * One configuration option: type and data. Immutable; the data is copied.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc1661#section-6 RFC 1661 section 6
 */
public final class Option {
    /** Type and Length. */
    public static final int HEADER_OCTETS = 2;

    private final int type;
    private final byte[] data;

    /** An option of the given type (0..255) with at most 253 octets of data. */
    public Option(int type, byte[] data) {
        if (data.length > 255 - HEADER_OCTETS) {
            throw new IllegalArgumentException("option data of " + data.length + " octets");
        }
        this.type = type & 0xFF;
        this.data = data.clone();
    }

    /** An option without data. */
    public static Option empty(int type) {
        return new Option(type, new byte[0]);
    }

    /** An option that carries a 16-bit number. */
    public static Option ofShort(int type, int value) {
        return new Option(type, ByteBuffer.allocate(2).putShort((short) value).array());
    }

    /** An option that carries a 32-bit number. */
    public static Option ofInt(int type, int value) {
        return new Option(type, ByteBuffer.allocate(4).putInt(value).array());
    }

    /** The Type octet, 0..255. */
    public int type() {
        return type;
    }

    /** A copy of the data. */
    public byte[] data() {
        return data.clone();
    }

    /** Length of the data in octets. */
    public int dataOctets() {
        return data.length;
    }

    /** Length on the wire in octets, both header octets included. */
    public int octets() {
        return HEADER_OCTETS + data.length;
    }

    /** The data as an unsigned 16-bit number; only when {@link #dataOctets} is 2. */
    public int shortValue() {
        return ByteBuffer.wrap(data).getShort() & 0xFFFF;
    }

    /** The data as a 32-bit number; only when {@link #dataOctets} is 4. */
    public int intValue() {
        return ByteBuffer.wrap(data).getInt();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Option option
                && type == option.type
                && Arrays.equals(data, option.data);
    }

    @Override
    public int hashCode() {
        return type * 31 + Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        return type + ":" + HexFormat.of().formatHex(data);
    }
}
