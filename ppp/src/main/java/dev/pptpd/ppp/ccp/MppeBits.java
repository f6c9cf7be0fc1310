package dev.pptpd.ppp.ccp;

import dev.pptpd.mppe.MppeMode;
import dev.pptpd.mppe.MppeStrength;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The Supported Bits of CCP option 18.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc3078#section-2.1 RFC 3078 section 2.1
 */
final class MppeBits {
    /** The H bit: stateless. */
    static final int STATELESS = 0x0100_0000;

    /** The C bit: MPPC. */
    static final int COMPRESSED = 0x0000_0001;

    /** The L, M and S bits: one for each strength. */
    static final int KEYS = of(Set.of(MppeStrength.values()));

    private static final List<MppeStrength> STRONGEST_FIRST =
            Arrays.stream(MppeStrength.values())
                    .sorted(Comparator.comparingInt(MppeStrength::bits).reversed())
                    .toList();

    private MppeBits() {}

    static int of(Set<MppeStrength> strengths) {
        return strengths.stream()
                .mapToInt(MppeStrength::supportedBit)
                .reduce(0, (some, bit) -> some | bit);
    }

    static boolean isStateless(int bits) {
        return (bits & STATELESS) != 0;
    }

    static boolean isCompressed(int bits) {
        return (bits & COMPRESSED) != 0;
    }

    /** Whether there is a bit that this side knows no meaning for; the D bit is obsolete. */
    static boolean areStrange(int bits) {
        return (bits & ~(STATELESS | KEYS | COMPRESSED)) != 0;
    }

    /** The bit of the longest key; 0 without any. */
    static int strongest(int bits) {
        return strength(bits).map(MppeStrength::supportedBit).orElse(0);
    }

    /** What the bits come down to in one direction; empty for clear text. */
    static Optional<MppeMode> mode(int bits) {
        Optional<MppeStrength> strength = strength(bits);
        return strength.isEmpty() && !isCompressed(bits)
                ? Optional.empty()
                : Optional.of(new MppeMode(strength, isStateless(bits), isCompressed(bits)));
    }

    private static Optional<MppeStrength> strength(int bits) {
        return STRONGEST_FIRST.stream()
                .filter(strength -> (bits & strength.supportedBit()) != 0)
                .findFirst();
    }
}
