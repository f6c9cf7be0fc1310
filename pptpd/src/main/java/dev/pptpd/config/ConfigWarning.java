package dev.pptpd.config;

/**
 * Something that the administrator should know and that keeps nothing from working.
 *
 * @param word the word or key that it is about; empty where it is about none
 * @param text what the server makes of it
 */
public record ConfigWarning(Place place, String word, String text) {
    /** {@code file:line: text}. */
    @Override
    public String toString() {
        return place + ": " + text;
    }
}
