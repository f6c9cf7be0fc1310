package dev.pptpd.emulator;

import java.util.Arrays;
import java.util.HexFormat;

/** Immutable octets, read big-endian, with value equality. */
public final class Octets {
    public static final Octets EMPTY = new Octets(new byte[0]);

    private final byte[] octets;

    private Octets(byte[] octets) {
        this.octets = octets;
    }

    /** A copy of {@code octets}. */
    public static Octets of(byte[] octets) {
        return new Octets(octets.clone());
    }

    /** The octets written as hexadecimal digits, blanks between them allowed. */
    public static Octets ofHex(String digits) {
        return new Octets(HexFormat.of().parseHex(digits.replace(" ", "")));
    }

    public int length() {
        return octets.length;
    }

    public int u8(int offset) {
        return octets[offset] & 0xff;
    }

    public int u16(int offset) {
        return u8(offset) << 8 | u8(offset + 1);
    }

    /** Four octets; the highest bit becomes the sign. */
    public int u32(int offset) {
        return u16(offset) << 16 | u16(offset + 2);
    }

    public Octets from(int start) {
        return slice(start, octets.length);
    }

    /** The octets from {@code start}, inclusive, to {@code end}, exclusive. */
    public Octets slice(int start, int end) {
        return new Octets(Arrays.copyOfRange(octets, start, end));
    }

    public Octets plus(Octets more) {
        return new OctetWriter().octets(this).octets(more).toOctets();
    }

    public byte[] toArray() {
        return octets.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Octets that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    /** Lower-case hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(octets);
    }
}
