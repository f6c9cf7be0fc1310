package dev.pptpd.config;

import dev.pptpd.config.OptionWord.Effect;
import java.util.List;
import java.util.Optional;

/**
 * Checks the options of one user, behind {@code --} in a secrets line. They are kept for a later
 * version; those that decide who gets in or what is encrypted are refused until then.
 */
final class UserOptions {
    private UserOptions() {}

    static void check(List<Word> words, Findings findings) {
        findings.warning(
                words.getFirst().place(), "", "the words behind '--' are not acted on yet");
        int index = 0;
        while (index < words.size()) {
            Word word = words.get(index);
            Optional<OptionWord> known = OptionTable.find(word.text());
            if (known.isEmpty()) {
                String expected = OptionTable.expectedInsteadOf(word.text(), List.of());
                findings.error(word, "unknown option '" + word.shown() + "' of a user", expected);
                return;
            }
            check(known.get(), word, findings);
            index += 1 + known.get().arguments();
        }
        if (index > words.size()) {
            Word last = words.getLast();
            findings.error(last, "nothing follows '" + last.shown() + "'", "a value");
        }
    }

    private static void check(OptionWord known, Word word, Findings findings) {
        switch (known.effect()) {
            case Effect.Guarding(OptionWord.Action _), Effect.Refused(String _) ->
                    findings.error(
                            word,
                            "'" + word.shown() + "' is not possible for one user",
                            "it in the options file, for all users");
            case Effect.Acted(OptionWord.Action _) -> {}
            case Effect.Ignored() -> {}
            case Effect.NotYet() -> {}
            case Effect.Pointless(String _) -> {}
        }
    }
}
