package dev.pptpd.client;

import dev.pptpd.mppe.MppeStrength;
import dev.pptpd.ppp.ccp.MppeConfiguration;
import dev.pptpd.ppp.ccp.MppeHistory;
import dev.pptpd.ppp.ccp.MppePolicy;
import java.util.Set;

/**
 * What the user says about encryption and compression.
 *
 * @param takesStateful whether a server may have MPPE whose key stream runs on
 * @param compresses whether MPPC is offered
 */
record EncryptionChoice(EncryptionDemand demand, boolean takesStateful, boolean compresses) {
    /** The same in the words of the PPP core. */
    MppeConfiguration mppe() {
        return switch (demand) {
            case ONLY_128 -> with(MppePolicy.REQUIRE, Set.of(MppeStrength.BITS_128));
            case ONLY_56 -> with(MppePolicy.REQUIRE, Set.of(MppeStrength.BITS_56));
            case ONLY_40 -> with(MppePolicy.REQUIRE, Set.of(MppeStrength.BITS_40));
            case ANY_STRENGTH -> with(MppePolicy.REQUIRE, Set.of(MppeStrength.values()));
            case PREFERRED -> with(MppePolicy.PREFER, Set.of(MppeStrength.values()));
            case NONE -> with(MppePolicy.DENY, Set.of());
        };
    }

    private MppeConfiguration with(MppePolicy policy, Set<MppeStrength> strengths) {
        MppeHistory history = takesStateful ? MppeHistory.STATELESS_FIRST : MppeHistory.STATELESS;
        return new MppeConfiguration(policy, strengths, history, compresses);
    }
}
