package dev.pptpd.config;

import java.util.List;

/**
 * A word that may stand behind {@code --} in a secrets line and holds for its user alone.
 *
 * @param arguments how many words belong to it
 * @param expected what an argument looks like, for an error message
 */
record UserWord(String text, int arguments, String expected, Action action) {
    /** Does what a word says. */
    @FunctionalInterface
    interface Action {
        /** {@code arguments} has as many words as the option has arguments. */
        void apply(UserState state, Word option, List<Word> arguments);
    }
}
