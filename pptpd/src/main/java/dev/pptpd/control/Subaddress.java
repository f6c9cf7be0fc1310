package dev.pptpd.control;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * The 64 octets of a subaddress field. Not text: Windows puts a correlation GUID into the first 16.
 */
public final class Subaddress {
    static final int WIDTH_OCTETS = 64;

    /** All zero, what nearly every client sends. */
    public static final Subaddress NONE = new Subaddress(new byte[WIDTH_OCTETS]);

    private final byte[] octets;

    private Subaddress(byte[] octets) {
        this.octets = octets;
    }

    /**
     * A subaddress of up to 64 octets, the rest zero. The array is copied.
     *
     * @throws IllegalArgumentException if it is longer
     */
    public static Subaddress of(byte[] octets) {
        if (octets.length > WIDTH_OCTETS) {
            throw new IllegalArgumentException("subaddress of " + octets.length + " octets");
        }
        return new Subaddress(Arrays.copyOf(octets, WIDTH_OCTETS));
    }

    /** A copy of all 64 octets. */
    public byte[] octets() {
        return octets.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Subaddress subaddress && Arrays.equals(octets, subaddress.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    /** Hexadecimal, without the zeros at the end. */
    @Override
    public String toString() {
        int length = octets.length;
        while (length > 0 && octets[length - 1] == 0) {
            length--;
        }
        return HexFormat.of().formatHex(octets, 0, length);
    }
}
