package dev.pptpd.config;

import static dev.pptpd.mppe.MppeStrength.BITS_128;
import static dev.pptpd.mppe.MppeStrength.BITS_40;

import dev.pptpd.mppe.MppeStrength;
import dev.pptpd.ppp.ccp.MppeConfiguration;
import dev.pptpd.ppp.ccp.MppeHistory;
import dev.pptpd.ppp.ccp.MppePolicy;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What the words about encryption and compression amount to while they are read: those of the
 * options files, and behind them those of one user.
 */
final class EncryptionState {
    /** What pppd takes after a bare {@code require-mppe}. */
    private static final Set<MppeStrength> OF_REQUIRE = EnumSet.of(BITS_40, BITS_128);

    private final Findings findings;
    private MppePolicy policy = MppePolicy.ALLOW;
    private MppeHistory history = MppeHistory.STATELESS;
    private boolean compresses;

    /** What holds where no strength is named. */
    private Set<MppeStrength> usual = EnumSet.of(BITS_128);

    private final Set<MppeStrength> asked = EnumSet.noneOf(MppeStrength.class);
    private final Set<MppeStrength> excluded = EnumSet.noneOf(MppeStrength.class);
    private Optional<Word> latest = Optional.empty();

    EncryptionState(Findings findings) {
        this.findings = findings;
    }

    /** The same, for the words of one user to go on from. */
    EncryptionState copy() {
        EncryptionState copy = new EncryptionState(findings);
        copy.policy = policy;
        copy.history = history;
        copy.compresses = compresses;
        copy.usual = usual;
        copy.asked.addAll(asked);
        copy.excluded.addAll(excluded);
        copy.latest = latest;
        return copy;
    }

    boolean isRequired() {
        return policy == MppePolicy.REQUIRE;
    }

    void require(Word option) {
        policy = MppePolicy.REQUIRE;
        usual = OF_REQUIRE;
        latest = Optional.of(option);
    }

    /** Where a strength is named, no other is accepted that is not named as well. */
    void require(Word option, MppeStrength strength) {
        require(option);
        asked.add(strength);
        excluded.remove(strength);
    }

    void exclude(Word option, MppeStrength strength) {
        excluded.add(strength);
        latest = Optional.of(option);
    }

    void deny(Word option) {
        if (isRequired()) {
            String text = "'" + option.shown() + "' takes back the encryption required before it";
            findings.warning(option, text);
        }
        policy = MppePolicy.DENY;
        asked.clear();
        latest = Optional.of(option);
    }

    void use(MppeHistory of) {
        history = of;
    }

    void compress(boolean yes) {
        compresses = yes;
    }

    /**
     * The word {@code mppe} of the patched pppd, whose list follows: preferred unless it says so.
     */
    void beginList(Word option) {
        policy = MppePolicy.PREFER;
        usual = EnumSet.allOf(MppeStrength.class);
        history = MppeHistory.STATELESS_FIRST;
        latest = Optional.of(option);
    }

    /** What the list says of the policy. */
    void use(MppePolicy of) {
        policy = of;
    }

    /**
     * What all words come to.
     *
     * @param top where something is reported that no line says
     */
    MppeConfiguration build(Place top) {
        Set<MppeStrength> strengths = EnumSet.copyOf(asked.isEmpty() ? usual : asked);
        strengths.removeAll(excluded);
        if (policy == MppePolicy.DENY || strengths.isEmpty()) {
            if (policy != MppePolicy.DENY) {
                String expected = "require-mppe-128 or require-mppe-40, or nomppe";
                error(top, "no strength is left for encryption", expected);
            }
            return new MppeConfiguration(MppePolicy.DENY, Set.of(), history, compresses);
        }
        return new MppeConfiguration(policy, strengths, history, compresses);
    }

    /** Reports at the latest word about encryption. */
    void error(Place top, String problem, String expected) {
        latest.ifPresentOrElse(
                word -> findings.error(word, problem, expected),
                () -> findings.error(top, "mppe", problem, expected));
    }

    /** Reports a word of a list. */
    void errorInList(Word list, String word, String expected) {
        String problem = "unknown word '" + Word.shown(word) + "' behind mppe";
        findings.error(list.place(), Word.shown(word), problem, expected);
    }
}
