package dev.pptpd.config;

import dev.pptpd.config.OptionWord.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;

/**
 * The words of one subject, while they are declared.
 *
 * @param <S> what those without a value change
 */
final class WordTable<S> {
    private final Function<OptionState, S> part;
    private final List<OptionWord> words = new ArrayList<>();

    /** A table without words; {@code part} finds its subject in the whole. */
    WordTable(Function<OptionState, S> part) {
        this.part = part;
    }

    /** No word behind the option. */
    @FunctionalInterface
    interface WordAction {
        void apply(OptionState state, Word option);
    }

    /** One word behind the option. */
    @FunctionalInterface
    interface ArgumentAction {
        void apply(OptionState state, Word option, Word argument);
    }

    /** A word that stands alone. */
    void flag(String text, Consumer<S> action) {
        add(text, 0, (state, option, arguments) -> action.accept(part.apply(state)));
    }

    /** The same for a word that needs more than its subject. */
    void word(String text, WordAction action) {
        add(text, 0, (state, option, arguments) -> action.apply(state, option));
    }

    /** A word with one behind it. */
    void argument(String text, ArgumentAction action) {
        add(
                text,
                1,
                (state, option, arguments) -> action.apply(state, option, arguments.getFirst()));
    }

    /** A word with a number of at least {@code min} behind it. */
    void number(String text, int min, ObjIntConsumer<S> action) {
        argument(
                text,
                (state, option, argument) ->
                        state.number(option, argument, min, Integer.MAX_VALUE)
                                .ifPresent(number -> action.accept(part.apply(state), number)));
    }

    private void add(String text, int arguments, OptionWord.Action action) {
        words.add(new OptionWord(text, arguments, new Effect.Acted(action)));
    }

    /** All that were declared. */
    List<OptionWord> words() {
        return List.copyOf(words);
    }
}
