package dev.pptpd.ppp.ccp;

import dev.pptpd.mppe.MppeStrength;
import dev.pptpd.ppp.option.Judgement;
import dev.pptpd.ppp.option.Option;
import dev.pptpd.ppp.option.OptionList;
import dev.pptpd.ppp.option.OptionSet;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The one option of CCP that is talked about: MPPE, stateless, in the strengths of the
 * configuration. Everything else is rejected.
 *
 * <p>Our request carries all the strengths we accept, until the peer's Nak or its own request picks
 * one. A request of the peer is good with exactly one strength; any other is answered with a Nak
 * that names the strongest one both accept, also the "no key bits" of a default Windows 10, whose
 * Ack would mean no encryption. Each side's request tells what it wants to receive; in practice
 * nobody mixes, so that both directions have the one strength of {@link #agreed}.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc3078#section-2 RFC 3078 section 2
 */
public final class CcpOptions implements OptionSet {
    static final int MPPE = 18;

    /** The H bit: stateless. */
    public static final int STATELESS = 0x0100_0000;

    private static final List<MppeStrength> STRONGEST_FIRST =
            Arrays.stream(MppeStrength.values())
                    .sorted(Comparator.comparingInt(MppeStrength::bits).reversed())
                    .toList();

    private final MppeConfiguration configuration;
    private final boolean required;

    /** The supported bits that we still ask for and accept; only ever fewer. */
    private int bits;

    private Optional<MppeStrength> granted = Optional.empty();
    private Optional<Integer> peerBits = Optional.empty();
    private boolean asks = true;

    /** Options under a policy that is not {@link MppePolicy#DENY}. */
    public CcpOptions(MppeConfiguration configuration) {
        this.configuration = configuration;
        this.required = configuration.policy() == MppePolicy.REQUIRE;
        this.bits = configuredBits();
    }

    private int configuredBits() {
        return configuration.strengths().stream()
                .mapToInt(MppeStrength::supportedBit)
                .reduce(0, (some, bit) -> some | bit);
    }

    /** The key length of both directions; empty when CCP opened without MPPE in either. */
    public Optional<MppeStrength> agreed() {
        return asks ? granted : Optional.empty();
    }

    /** Whether CCP opened with MPPE in one direction only: a peer that contradicts itself. */
    public boolean isOneSided() {
        return asks != granted.isPresent();
    }

    /** Both sides' bits in hex, for the log line of a failure. */
    public String describe() {
        return String.format("we want %08X, the peer ", STATELESS | configuredBits())
                + peerBits.map(offer -> String.format("offers %08X", offer))
                        .orElse("offers no MPPE");
    }

    @Override
    public void reset() {
        bits = configuredBits();
        granted = Optional.empty();
        asks = true;
    }

    @Override
    public List<Option> request() {
        return asks ? List.of(Option.ofInt(MPPE, STATELESS | bits)) : List.of();
    }

    @Override
    public Judgement judge(Option option) {
        if (option.type() != MPPE) {
            return Judgement.REJECT;
        }
        if (option.dataOctets() != 4) {
            return new Judgement.Nak(strongestOf(bits));
        }
        int offer = option.intValue();
        peerBits = Optional.of(offer);
        int common = offer & bits;
        if (offer == (STATELESS | common) && Integer.bitCount(common) == 1) {
            return Judgement.ACCEPT;
        }
        return new Judgement.Nak(strongestOf(common != 0 ? common : bits));
    }

    /** With encryption required a request without MPPE is no agreement. */
    @Override
    public List<Option> missing(OptionList request) {
        return required && !request.has(MPPE) ? List.of(strongestOf(bits)) : List.of();
    }

    /** The peer has chosen: nothing else is asked for from now on. */
    @Override
    public void acknowledged(OptionList request) {
        granted =
                request.options().stream()
                        .findFirst()
                        .flatMap(option -> strongest(option.intValue() & bits));
        granted.ifPresent(strength -> bits = strength.supportedBit());
    }

    /** The peer picks among ours; whatever else it prefers, we ask for the same again. */
    @Override
    public Optional<String> naked(Option option) {
        if (option.type() == MPPE && option.dataOctets() == 4) {
            int offer = option.intValue();
            peerBits = Optional.of(offer);
            strongest(offer & bits).ifPresent(strength -> bits = strength.supportedBit());
        }
        return Optional.empty();
    }

    @Override
    public Optional<String> rejected(Option option) {
        if (option.type() == MPPE) {
            asks = false;
            if (required) {
                return Optional.of("the peer rejects MPPE");
            }
        }
        return Optional.empty();
    }

    private static Option strongestOf(int bits) {
        int bit = strongest(bits).map(MppeStrength::supportedBit).orElse(0);
        return Option.ofInt(MPPE, STATELESS | bit);
    }

    private static Optional<MppeStrength> strongest(int bits) {
        return STRONGEST_FIRST.stream()
                .filter(strength -> (bits & strength.supportedBit()) != 0)
                .findFirst();
    }
}
