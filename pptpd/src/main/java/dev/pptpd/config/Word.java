package dev.pptpd.config;

import java.util.Arrays;

/** One word of an options or secrets file, without its quotes and escapes. */
final class Word {
    private static final int MAX_SHOWN_CHARACTERS = 40;

    private final byte[] octets;
    private final Place place;
    private final boolean startsLine;
    private final Span span;

    /**
     * Where a word stands in its file, quotes and escapes included.
     *
     * @param from index of its first octet
     * @param to index behind its last one
     */
    record Span(int from, int to) {}

    /** Takes the octets as its own. */
    Word(byte[] octets, Place place, boolean startsLine, Span span) {
        this.octets = octets;
        this.place = place;
        this.startsLine = startsLine;
        this.span = span;
    }

    /** The octets themselves, not a copy. */
    byte[] octets() {
        return octets;
    }

    String text() {
        return SourceText.decode(octets);
    }

    Place place() {
        return place;
    }

    /** Whether no other word stands before it in its line. */
    boolean startsLine() {
        return startsLine;
    }

    Span span() {
        return span;
    }

    boolean is(String text) {
        return text().equals(text);
    }

    /** For messages: cut, and without control characters. */
    String shown() {
        return shown(text());
    }

    static String shown(String text) {
        String printable = text.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
        return printable.length() <= MAX_SHOWN_CHARACTERS
                ? printable
                : printable.substring(0, MAX_SHOWN_CHARACTERS) + "...";
    }

    void wipe() {
        Arrays.fill(octets, (byte) 0);
    }

    /** The place, never the word: it may be a secret. */
    @Override
    public String toString() {
        return "Word[" + place + "]";
    }
}
