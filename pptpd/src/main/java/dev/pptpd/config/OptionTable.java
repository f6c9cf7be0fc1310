package dev.pptpd.config;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Every word that an options file may have. */
final class OptionTable {
    private static final Map<String, OptionWord> WORDS = words();

    private OptionTable() {}

    private static Map<String, OptionWord> words() {
        Map<String, OptionWord> words = new HashMap<>();
        ActiveOptions.all().forEach(word -> addOnce(words, word));
        TunnelWords.all().forEach(word -> addOnce(words, word));
        EapOptions.all().forEach(word -> addOnce(words, word));
        NetworkWords.all().forEach(word -> addOnce(words, word));
        PassiveOptions.all().forEach(word -> addOnce(words, word));
        return Map.copyOf(words);
    }

    private static void addOnce(Map<String, OptionWord> words, OptionWord word) {
        if (words.put(word.text(), word) != null) {
            throw new IllegalStateException("two meanings for " + word.text());
        }
    }

    static Optional<OptionWord> find(String text) {
        return Optional.ofNullable(WORDS.get(text));
    }

    /** For an error message: the words that the mistyped one may have been meant to be. */
    static String expectedInsteadOf(String mistyped, Collection<String> others) {
        return NearestWord.to(mistyped, WORDS.keySet())
                .or(() -> NearestWord.to(mistyped, others))
                .map(word -> "perhaps '" + word + "'")
                .orElse("an option of pppd");
    }
}
