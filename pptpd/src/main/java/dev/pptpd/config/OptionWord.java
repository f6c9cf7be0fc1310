package dev.pptpd.config;

import java.util.List;

/**
 * A word that an options file may have.
 *
 * @param arguments how many words belong to it
 */
record OptionWord(String text, int arguments, Effect effect) {
    /** What becomes of the word. */
    sealed interface Effect {
        /** The server does what it says. */
        record Acted(Action action) implements Effect {}

        /** Same, and it decides who gets in or what is encrypted. */
        record Guarding(Action action) implements Effect {}

        /** It speaks of something that a tunnel does not have, or asks for what is done anyway. */
        record Ignored() implements Effect {}

        /**
         * It is right, and this version can do without.
         *
         * @param consequence what is missing, or done instead
         */
        record NotYet(String consequence) implements Effect {}

        /** pppd would do something with it that a server does not do. */
        record Pointless(String reason) implements Effect {}

        /** Ignoring it would weaken the server or change its meaning. */
        record Refused(String expected) implements Effect {}
    }

    /** Does what a word says. */
    @FunctionalInterface
    interface Action {
        /** {@code arguments} has as many words as the option has arguments. */
        void apply(OptionState state, Word option, List<Word> arguments);
    }
}
