package dev.pptpd.ppp.ccp;

import dev.pptpd.mppe.MppeStrength;
import java.util.Set;

/**
 * Whether the data of a link is encrypted, how strongly, and whether it is compressed.
 *
 * @param strengths what may be agreed on; the longest key that both sides accept is taken. Of no
 *     meaning where the policy is {@link MppePolicy#DENY}, else not empty.
 * @param history which modes may be agreed on
 * @param compresses whether MPPC is asked for and agreed to
 */
public record MppeConfiguration(
        MppePolicy policy, Set<MppeStrength> strengths, MppeHistory history, boolean compresses) {
    /** Neither encryption nor compression. */
    public static final MppeConfiguration NONE = new MppeConfiguration(MppePolicy.DENY, Set.of());

    /** Copies the set. */
    public MppeConfiguration {
        strengths = Set.copyOf(strengths);
        if (strengths.isEmpty() && policy != MppePolicy.DENY) {
            throw new IllegalArgumentException("MPPE without a strength");
        }
    }

    /** Stateless, without compression. */
    public MppeConfiguration(MppePolicy policy, Set<MppeStrength> strengths) {
        this(policy, strengths, MppeHistory.STATELESS, false);
    }

    /** The same with other strengths, such as those that there are keys for. */
    public MppeConfiguration with(Set<MppeStrength> others) {
        // The same object: a thousand sessions of one configuration share it.
        return others.equals(strengths)
                ? this
                : new MppeConfiguration(policy, others, history, compresses);
    }

    /** The same where nobody has logged in by a method that makes keys. */
    public MppeConfiguration withoutKeys() {
        return new MppeConfiguration(MppePolicy.DENY, Set.of(), history, compresses);
    }

    /** Whether there is anything that CCP could agree on. */
    public boolean usesCcp() {
        return policy != MppePolicy.DENY || compresses;
    }
}
