package dev.pptpd.control;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A text field of a message: octets as the peer chose them, nobody's idea of a character set.
 * {@link #toString()} is safe for a log line.
 */
public final class TextField {
    /** Octets of the widest text field, the call statistics of a Call-Disconnect-Notify. */
    static final int MAXIMUM_OCTETS = 128;

    /** Octets of a host or vendor name. */
    static final int NAME_OCTETS = 64;

    /** A name of more octets than this is cut in a log line; no RFC 2637 name is longer. */
    private static final int SHOWN_OCTETS = 64;

    /** The field of a peer that says nothing. */
    public static final TextField EMPTY = new TextField(new byte[0]);

    private final byte[] octets;

    private TextField(byte[] octets) {
        this.octets = octets;
    }

    /**
     * A text of our own.
     *
     * @throws IllegalArgumentException if it is not printable ASCII or longer than 64 octets
     */
    public static TextField of(String text) {
        if (!text.chars().allMatch(TextField::isPrintable) || text.length() > SHOWN_OCTETS) {
            throw new IllegalArgumentException(
                    "not printable ASCII of up to " + SHOWN_OCTETS + " characters");
        }
        return new TextField(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** The octets before the first zero, RFC 2637 fills what is left of a field with zeros. */
    static TextField zeroTerminated(byte[] field) {
        int length = 0;
        while (length < field.length && field[length] != 0) {
            length++;
        }
        return counted(field, length);
    }

    /** The first {@code length} octets of a field that tells its length elsewhere. */
    static TextField counted(byte[] field, int length) {
        int kept = Math.min(length, field.length);
        return kept == 0 ? EMPTY : new TextField(Arrays.copyOf(field, kept));
    }

    /** How many octets of the field are in use. */
    public int length() {
        return octets.length;
    }

    /** A copy of the octets. */
    public byte[] octets() {
        return octets.clone();
    }

    /** Throws unless the text fits a field of {@code width} octets. */
    TextField requireWidth(String field, int width) {
        if (octets.length > width) {
            throw new IllegalArgumentException(field + " is longer than " + width + " octets");
        }
        return this;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TextField field && Arrays.equals(octets, field.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    /**
     * The text in printable ASCII, fit to stand between double quotes: everything else, quotes and
     * backslashes become {@code \xNN}. At most 64 octets are shown, a cut is marked with three
     * dots.
     */
    @Override
    public String toString() {
        var shown = new StringBuilder();
        for (int i = 0; i < Math.min(octets.length, SHOWN_OCTETS); i++) {
            append(shown, Byte.toUnsignedInt(octets[i]));
        }
        return octets.length > SHOWN_OCTETS ? shown.append("...").toString() : shown.toString();
    }

    private static void append(StringBuilder shown, int octet) {
        if (isPrintable(octet) && octet != '"' && octet != '\\') {
            shown.append((char) octet);
        } else {
            shown.append(String.format("\\x%02X", octet));
        }
    }

    private static boolean isPrintable(int octet) {
        return octet >= 0x20 && octet < 0x7F;
    }
}
