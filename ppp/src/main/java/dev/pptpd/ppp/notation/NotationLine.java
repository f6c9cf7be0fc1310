package dev.pptpd.ppp.notation;

import java.util.HexFormat;
import java.util.Locale;

/**
 * One line of bounded length. What peers chose gets in only through {@link #text} and {@link #hex},
 * which make it harmless: a reader of the log, man or filter, cannot be told of an event or a field
 * that is not there.
 */
final class NotationLine {
    /** A packet of 1,500 octets may be all options; nobody reads more of it. */
    static final int MAX_CHARACTERS = 1_000;

    /** As much as pppd shows of what it does not understand. */
    private static final int MAX_HEX_OCTETS = 32;

    /** The longest that Windows says of itself has 30. */
    private static final int MAX_TEXT_OCTETS = 128;

    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    private final StringBuilder characters = new StringBuilder();

    NotationLine add(String text) {
        if (characters.length() <= MAX_CHARACTERS) {
            characters.append(text);
        }
        return this;
    }

    NotationLine hexNumber(int value) {
        return add("0x").add(Integer.toHexString(value));
    }

    /** The octets from {@code start} on, each after a space. */
    NotationLine hex(byte[] octets, int start) {
        int shown = Math.min(octets.length - start, MAX_HEX_OCTETS);
        if (shown > 0) {
            add(" ").add(HEX.formatHex(octets, start, start + shown));
        }
        return start + shown < octets.length ? add(" ...") : this;
    }

    /** The octets from {@code start} on in quotes, in the escapes of pppd. */
    NotationLine text(byte[] octets, int start) {
        int end = Math.min(octets.length, start + MAX_TEXT_OCTETS);
        add("\"");
        for (int index = start; index < end; index++) {
            add(escaped(octets[index] & 0xFF));
        }
        return add(end < octets.length ? "...\"" : "\"");
    }

    private static String escaped(int octet) {
        return switch (octet) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case '"', '\\' -> "\\" + (char) octet;
            // The one escape more than pppd's: no text may look like a field of a log line.
            case '=' -> "\\075";
            default ->
                    octet >= ' ' && octet < 0x7F
                            ? String.valueOf((char) octet)
                            : String.format(Locale.ROOT, "\\%03o", octet);
        };
    }

    /** The place of octets that are not shown. */
    NotationLine octets(int count) {
        return add("<" + count + " octets>");
    }

    /** The finished line, with its last bracket. */
    String close() {
        if (characters.length() > MAX_CHARACTERS) {
            characters.setLength(MAX_CHARACTERS);
            characters.append(" ...");
        }
        return characters.append(']').toString();
    }
}
