package dev.pptpd.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gathers what is wrong with the files while they are read. */
final class Findings {
    /** A file of noise has millions of faults; nobody reads more than these. */
    static final int MAX_FINDINGS = 500;

    private final List<ConfigError> errors = new ArrayList<>();
    private final List<ConfigWarning> warnings = new ArrayList<>();
    private final List<ConfigWarning> notes = new ArrayList<>();
    private int errorsLeftOut;
    private Place lastErrorLeftOut = Place.COMMAND_LINE;

    void error(Place place, String word, String problem, String expected) {
        if (errors.size() < MAX_FINDINGS) {
            errors.add(new ConfigError(place, word, problem, expected));
        } else {
            errorsLeftOut++;
            lastErrorLeftOut = place;
        }
    }

    void error(Word word, String problem, String expected) {
        error(word.place(), word.shown(), problem, expected);
    }

    void warning(Place place, String word, String text) {
        if (warnings.size() < MAX_FINDINGS) {
            warnings.add(new ConfigWarning(place, word, text));
        }
    }

    void warning(Word word, String text) {
        warning(word.place(), word.shown(), text);
    }

    void note(Place place, String word, String text) {
        if (notes.size() < MAX_FINDINGS) {
            notes.add(new ConfigWarning(place, word, text));
        }
    }

    boolean hasErrors() {
        return !errors.isEmpty();
    }

    /** File by file, the one with the first that was found first, and in each by line. */
    List<ConfigError> errors() {
        List<String> files = errors.stream().map(error -> error.place().file()).toList();
        List<ConfigError> all = new ArrayList<>(errors);
        all.sort(
                Comparator.comparingInt((ConfigError error) -> files.indexOf(error.place().file()))
                        .thenComparingInt(error -> error.place().line()));
        if (errorsLeftOut > 0) {
            String problem = errorsLeftOut + " more faults are not shown";
            all.add(
                    new ConfigError(
                            lastErrorLeftOut, "", problem, "the faults above mended first"));
        }
        return List.copyOf(all);
    }

    List<ConfigWarning> warnings() {
        return List.copyOf(warnings);
    }

    List<ConfigWarning> notes() {
        return List.copyOf(notes);
    }
}
