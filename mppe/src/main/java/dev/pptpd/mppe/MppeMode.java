package dev.pptpd.mppe;

import java.util.Optional;

/**
 * What happens to the data of one direction on its way: MPPE, MPPC, or both.
 *
 * @param strength of MPPE; empty for data that is compressed and not encrypted
 * @param stateless whether every packet stands alone, so that none is lost because another was;
 *     else key stream and history run on from packet to packet
 * @param compressed whether packets may be compressed by MPPC
 * @spec https://www.rfc-editor.org/rfc/rfc3078#section-2.1 RFC 3078 section 2.1
 */
public record MppeMode(Optional<MppeStrength> strength, boolean stateless, boolean compressed) {
    /** Neither of both is no mode. */
    public MppeMode {
        if (strength.isEmpty() && !compressed) {
            throw new IllegalArgumentException("neither encrypted nor compressed");
        }
    }

    /** Encrypted and not compressed, every packet on its own. */
    public static MppeMode stateless(MppeStrength strength) {
        return new MppeMode(Optional.of(strength), true, false);
    }

    /** Encrypted and not compressed, with a key stream that runs on. */
    public static MppeMode stateful(MppeStrength strength) {
        return new MppeMode(Optional.of(strength), false, false);
    }

    /** The same with MPPC before the encryption. */
    public MppeMode withCompression() {
        return new MppeMode(strength, stateless, true);
    }

    /** For logs, without a blank: {@code 128-stateless}, {@code 40-stateful+mppc}. */
    @Override
    public String toString() {
        String encryption =
                strength.map(key -> key.bits() + (stateless ? "-stateless" : "-stateful"))
                        .orElse("none");
        return compressed ? encryption + "+mppc" : encryption;
    }
}
