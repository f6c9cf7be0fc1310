package dev.pptpd.ppp.ccp;

import dev.pptpd.mppe.MppeMode;
import dev.pptpd.mppe.MppeStrength;
import java.util.Optional;

/**
 * What CCP agreed on for each direction. Compression may well go one way only; RRAS and its clients
 * do that. Encryption may not.
 *
 * @param sending what the peer wants to receive
 * @param receiving what we want to receive
 */
public record CcpAgreement(Optional<MppeMode> sending, Optional<MppeMode> receiving) {
    /** Clear text both ways. */
    public static final CcpAgreement NOTHING = new CcpAgreement(Optional.empty(), Optional.empty());

    /** Whether data is encrypted. */
    public boolean isEncrypted() {
        return strength(sending).isPresent();
    }

    /** Whether the directions are not encrypted alike: a peer that contradicts itself. */
    public boolean isOneSided() {
        return !strength(sending).equals(strength(receiving));
    }

    /** For logs, where directions hardly ever differ: the mode that says more. */
    public Optional<MppeMode> mode() {
        boolean receivingSaysMore = receiving.map(MppeMode::compressed).orElse(false);
        return receivingSaysMore ? receiving : sending;
    }

    private static Optional<MppeStrength> strength(Optional<MppeMode> mode) {
        return mode.flatMap(MppeMode::strength);
    }
}
