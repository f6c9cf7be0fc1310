package dev.pptpd.ppp.ccp;

import dev.pptpd.mppe.MppeStrength;
import java.util.Set;

/**
 * Whether a link is encrypted, and how strongly.
 *
 * @param strengths what may be agreed on, always stateless; the longest key that both sides accept
 *     is taken. Of no meaning where the policy is {@link MppePolicy#DENY}, else not empty.
 */
public record MppeConfiguration(MppePolicy policy, Set<MppeStrength> strengths) {
    /** No encryption at all. */
    public static final MppeConfiguration NONE = new MppeConfiguration(MppePolicy.DENY, Set.of());

    /** Copies the set. */
    public MppeConfiguration {
        strengths = Set.copyOf(strengths);
        if (strengths.isEmpty() && policy != MppePolicy.DENY) {
            throw new IllegalArgumentException("MPPE without a strength");
        }
    }
}
