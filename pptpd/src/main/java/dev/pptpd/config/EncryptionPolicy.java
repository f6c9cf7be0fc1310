package dev.pptpd.config;

import dev.pptpd.mppe.MppeStrength;
import java.util.Set;

/**
 * Whether and how sessions are encrypted by MPPE, stateless.
 *
 * @param strengths what may be agreed on; empty when the demand is {@link Demand#DENY}
 */
public record EncryptionPolicy(Demand demand, Set<MppeStrength> strengths) {
    public EncryptionPolicy {
        strengths = Set.copyOf(strengths);
    }

    /** What happens to a peer that does not want what we want. */
    public enum Demand {
        /** No IP without encryption. */
        REQUIRE,
        /** Encryption where the peer asks for it. */
        ALLOW,
        /** No encryption. */
        DENY
    }
}
