package dev.pptpd.config;

import dev.pptpd.auth.UserSettings;
import dev.pptpd.config.OptionWord.Effect;
import java.util.List;
import java.util.Optional;

/**
 * Reads the options of one user, behind {@code --} in a secrets line: the words of {@link
 * UserWords}. Other words of pppd are checked and left alone with a warning; those that decide who
 * gets in are refused.
 */
final class UserOptions {
    private final List<Word> words;
    private final UserState state;

    private UserOptions(List<Word> words, UserState state) {
        this.words = words;
        this.state = state;
    }

    static UserSettings read(List<Word> words, UserState state) {
        new UserOptions(words, state).read();
        return state.build();
    }

    private void read() {
        int index = 0;
        while (index < words.size()) {
            Word word = words.get(index);
            Optional<UserWord> own = UserWords.find(word.text());
            Optional<OptionWord> known = OptionTable.find(word.text());
            if (own.isEmpty() && known.isEmpty()) {
                String expected = OptionTable.expectedInsteadOf(word.text(), UserWords.texts());
                state.findings.error(
                        word, "unknown option '" + word.shown() + "' of a user", expected);
                return;
            }
            int arguments =
                    own.map(UserWord::arguments)
                            .or(() -> known.map(OptionWord::arguments))
                            .orElse(0);
            int end = index + 1 + arguments;
            if (end > words.size()) {
                String expected = own.map(UserWord::expected).orElse("a value");
                state.findings.error(
                        words.getLast(),
                        "nothing follows '" + words.getLast().shown() + "'",
                        expected);
                return;
            }
            List<Word> behind = words.subList(index + 1, end);
            own.ifPresentOrElse(
                    found -> found.action().apply(state, word, behind),
                    () -> known.ifPresent(found -> leave(found, word)));
            index = end;
        }
    }

    private void leave(OptionWord known, Word word) {
        switch (known.effect()) {
            case Effect.Guarding(OptionWord.Action _), Effect.Refused(String _) ->
                    state.findings.error(
                            word,
                            "'" + word.shown() + "' is not possible for one user",
                            "it in the options file, for all users");
            case Effect.Acted(OptionWord.Action _),
                    Effect.NotYet(String _),
                    Effect.Pointless(String _) ->
                    state.findings.warning(
                            word, "'" + word.shown() + "' is not acted on for one user");
            case Effect.Ignored() -> {}
        }
    }
}
