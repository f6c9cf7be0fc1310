package dev.pptpd.ppp.ccp;

import dev.pptpd.mppe.MppeStrength;
import dev.pptpd.ppp.option.Judgement;
import dev.pptpd.ppp.option.Option;
import dev.pptpd.ppp.option.OptionList;
import dev.pptpd.ppp.option.OptionSet;
import java.util.List;
import java.util.Optional;

/**
 * The one option of CCP that is talked about: MPPE, 128 bit, stateless. Everything else is
 * rejected; any other set of bits is answered with a Nak that names ours, also the "no key bits" of
 * a default Windows 10, whose Ack would mean no encryption.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc3078#section-2 RFC 3078 section 2
 */
public final class CcpOptions implements OptionSet {
    static final int MPPE = 18;

    /** The H bit: stateless. */
    public static final int STATELESS = 0x0100_0000;

    private static final int WANTED_BITS = STATELESS | MppeStrength.BITS_128.supportedBit();

    private final boolean required;
    private Optional<MppeStrength> agreed = Optional.empty();
    private Optional<Integer> peerBits = Optional.empty();
    private boolean asks = true;

    /** Options under a policy that is not {@link MppePolicy#DENY}. */
    public CcpOptions(MppePolicy policy) {
        this.required = policy == MppePolicy.REQUIRE;
    }

    /** The key length that was agreed; empty when CCP opened without MPPE. */
    public Optional<MppeStrength> agreed() {
        return agreed;
    }

    /** Both sides' bits in hex, for the log line of a failure. */
    public String describe() {
        return String.format("we want %08X, the peer ", WANTED_BITS)
                + peerBits.map(bits -> String.format("offers %08X", bits)).orElse("offers no MPPE");
    }

    @Override
    public void reset() {
        agreed = Optional.empty();
        asks = true;
    }

    @Override
    public List<Option> request() {
        return asks ? List.of(Option.ofInt(MPPE, WANTED_BITS)) : List.of();
    }

    @Override
    public Judgement judge(Option option) {
        if (option.type() != MPPE) {
            return Judgement.REJECT;
        }
        if (option.dataOctets() == 4) {
            peerBits = Optional.of(option.intValue());
        }
        Option wanted = Option.ofInt(MPPE, WANTED_BITS);
        return option.equals(wanted) ? Judgement.ACCEPT : new Judgement.Nak(wanted);
    }

    /** With encryption required a request without MPPE is no agreement. */
    @Override
    public List<Option> missing(OptionList request) {
        return required && !request.has(MPPE)
                ? List.of(Option.ofInt(MPPE, WANTED_BITS))
                : List.of();
    }

    @Override
    public void acknowledged(OptionList request) {
        agreed = request.has(MPPE) ? Optional.of(MppeStrength.BITS_128) : Optional.empty();
    }

    /** Whatever the peer prefers, we ask for the same again, until the automaton gives up. */
    @Override
    public Optional<String> naked(Option option) {
        if (option.type() == MPPE && option.dataOctets() == 4) {
            peerBits = Optional.of(option.intValue());
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
}
