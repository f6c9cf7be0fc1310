package dev.pptpd.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses which known word a mistyped one was meant to be. */
final class NearestWord {
    /** Words longer than any option are not worth comparing. */
    private static final int MAX_LENGTH = 40;

    private NearestWord() {}

    /** The known word that takes the fewest edits; nothing when it takes more than a third. */
    static Optional<String> to(String mistyped, Collection<String> known) {
        if (mistyped.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        int tolerated = Math.max(1, mistyped.length() / 3);
        return known.stream()
                .filter(word -> Math.abs(word.length() - mistyped.length()) <= tolerated)
                .filter(word -> edits(mistyped, word) <= tolerated)
                .min(
                        Comparator.comparingInt((String word) -> edits(mistyped, word))
                                .thenComparing(Comparator.naturalOrder()));
    }

    /** Letters to insert, delete or replace. */
    private static int edits(String from, String to) {
        int[] previous = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            previous[column] = column;
        }
        for (int row = 1; row <= from.length(); row++) {
            int[] current = new int[to.length() + 1];
            current[0] = row;
            for (int column = 1; column <= to.length(); column++) {
                int replaced =
                        previous[column - 1]
                                + (from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1);
                current[column] =
                        Math.min(replaced, Math.min(previous[column], current[column - 1]) + 1);
            }
            previous = current;
        }
        return previous[to.length()];
    }
}
