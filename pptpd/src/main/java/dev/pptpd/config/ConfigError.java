package dev.pptpd.config;

/**
 * A fault that keeps the server from starting.
 *
 * @param word the word or key at fault; empty where the fault is not in one, and never a word of a
 *     secrets file
 * @param problem what is wrong
 * @param expected what should be there instead
 */
public record ConfigError(Place place, String word, String problem, String expected) {
    /** {@code file:line: what is wrong, expected what is expected}. */
    @Override
    public String toString() {
        return place + ": " + problem + ", expected " + expected;
    }
}
