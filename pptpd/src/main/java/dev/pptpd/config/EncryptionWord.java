package dev.pptpd.config;

import dev.pptpd.mppe.MppeStrength;
import dev.pptpd.ppp.ccp.MppeHistory;
import dev.pptpd.ppp.ccp.MppePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * A word about encryption or compression. It means the same in an options file, for all users, and
 * behind {@code --} in a secrets line, for one.
 *
 * @param arguments how many words belong to it, 0 or 1
 */
record EncryptionWord(String text, int arguments, Action action) {
    /** What the one argument looks like, for an error message. */
    static final String EXPECTED =
            "some of required, preferred, allowed, no40, no56, no128, stateless, stateful";

    /** Does what a word says. */
    @FunctionalInterface
    interface Action {
        /** {@code arguments} has as many words as the option has arguments. */
        void apply(EncryptionState state, Word option, List<Word> arguments);
    }

    /** Every such word: pppd's, the patched pppd's, and the same for 56 bits. */
    static List<EncryptionWord> all() {
        List<EncryptionWord> words = new ArrayList<>();
        flags(words, EncryptionState::require, "require-mppe", "+mppe");
        flags(words, EncryptionState::deny, "nomppe", "-mppe");
        for (MppeStrength strength : MppeStrength.values()) {
            String of = "mppe-" + strength.bits();
            flags(words, (state, word) -> state.require(word, strength), "require-" + of, "+" + of);
            flags(words, (state, word) -> state.exclude(word, strength), "no" + of, "-" + of);
        }
        flags(words, (state, word) -> state.use(MppeHistory.STATELESS_FIRST), "mppe-stateful");
        flags(
                words,
                (state, word) -> state.use(MppeHistory.STATELESS),
                "nomppe-stateful",
                "-mppe-stateful");
        flags(words, (state, word) -> state.compress(true), "mppc");
        flags(words, (state, word) -> state.compress(false), "nomppc", "-mppc");
        flags(words, EncryptionWord::denyAll, "noccp", "-ccp");
        words.add(
                new EncryptionWord(
                        "mppe",
                        1,
                        (state, word, arguments) -> readList(state, word, arguments.getFirst())));
        return words;
    }

    private static void flags(
            List<EncryptionWord> words,
            BiConsumer<EncryptionState, Word> action,
            String... spellings) {
        for (String text : spellings) {
            words.add(
                    new EncryptionWord(
                            text, 0, (state, word, arguments) -> action.accept(state, word)));
        }
    }

    private static void denyAll(EncryptionState state, Word option) {
        state.deny(option);
        state.compress(false);
    }

    /**
     * {@code mppe required,no40,no56,stateless}: the pppd of OpenWrt, DD-WRT and many routers. All
     * strengths unless they are excluded, and a history unless it says otherwise; not required
     * unless it says so. {@code preferred}, {@code allowed} and {@code stateful} are ours.
     */
    private static void readList(EncryptionState state, Word option, Word list) {
        state.beginList(option);
        for (String word : list.text().split(",", -1)) {
            switch (word) {
                case "required" -> state.use(MppePolicy.REQUIRE);
                case "preferred" -> state.use(MppePolicy.PREFER);
                case "allowed" -> state.use(MppePolicy.ALLOW);
                case "no40" -> state.exclude(option, MppeStrength.BITS_40);
                case "no56" -> state.exclude(option, MppeStrength.BITS_56);
                case "no128" -> state.exclude(option, MppeStrength.BITS_128);
                case "stateless" -> state.use(MppeHistory.STATELESS);
                case "stateful" -> state.use(MppeHistory.STATEFUL);
                default -> state.errorInList(list, word, EXPECTED);
            }
        }
    }
}
