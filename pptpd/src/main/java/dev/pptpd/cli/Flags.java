package dev.pptpd.cli;

import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** The options of a command, one line for each. */
public final class Flags {
    /** For an option that has only its long form. */
    public static final String NO_LETTER = "";

    private Flags() {}

    /** Adds an option with a value, which {@code argument} names in the help. */
    public static void add(
            Options options, String letter, String word, String argument, String text) {
        options.addOption(
                builder(letter).longOpt(word).hasArg().argName(argument).desc(text).get());
    }

    /** Adds an option that is there or is not. */
    public static void flag(Options options, String letter, String word, String text) {
        options.addOption(builder(letter).longOpt(word).desc(text).get());
    }

    private static Option.Builder builder(String letter) {
        return letter.equals(NO_LETTER) ? Option.builder() : Option.builder(letter);
    }
}
