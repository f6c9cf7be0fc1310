package dev.pptpd.ppp.ccp;

import dev.pptpd.ppp.option.Judgement;
import dev.pptpd.ppp.option.Option;
import dev.pptpd.ppp.option.OptionList;
import dev.pptpd.ppp.option.OptionSet;
import java.util.List;
import java.util.Optional;

/**
 * The one option of CCP that is talked about: MPPE and MPPC, as far as the configuration goes.
 * Everything else is rejected.
 *
 * <p>Our request carries all the strengths we accept, until the peer's Nak or its own request picks
 * one. A request of the peer is good with exactly one strength; any other is answered with a Nak
 * that names the strongest one both accept, also the "no key bits" of a default Windows 10, whose
 * Ack would mean no encryption. Each side's request tells what it wants to receive. Both directions
 * must have the same strength; whether they have a history and whether they are compressed is
 * settled for each.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc3078#section-2 RFC 3078 section 2
 * @spec https://www.rfc-editor.org/rfc/rfc2118#section-2 RFC 2118 section 2
 */
public final class CcpOptions implements OptionSet {
    static final int MPPE = 18;

    private static final int DATA_OCTETS = 4;

    private final MppeConfiguration configuration;
    private final boolean required;

    /** Whether a peer is talked out of clear text, be it compressed or not. */
    private final boolean insists;

    /** The strengths that we still ask for and accept; only ever fewer. */
    private int keys;

    private boolean stateless;
    private boolean compresses;
    private boolean asks = true;

    /** Our latest request, and the peer's that we acknowledged. */
    private int requested;

    private int granted;

    /** What the peer named last, once it has {@link #offersMppe}. */
    private int peerBits;

    private boolean offersMppe;

    /** Options where {@link MppeConfiguration#usesCcp}. */
    public CcpOptions(MppeConfiguration configuration) {
        this.configuration = configuration;
        this.required = configuration.policy() == MppePolicy.REQUIRE;
        this.insists = required || configuration.policy() == MppePolicy.PREFER;
        reset();
    }

    /** What both Acks come down to. */
    public CcpAgreement agreement() {
        int receiving = asks ? requested : 0;
        if ((receiving & granted & MppeBits.KEYS) != 0) {
            receiving &= granted | ~MppeBits.KEYS;
        }
        return new CcpAgreement(MppeBits.mode(granted), MppeBits.mode(receiving));
    }

    /** Both sides' bits in hex, for the log line of a failure. */
    public String describe() {
        boolean wantsAny = configuredKeys() != 0 || configuration.compresses();
        int ours =
                bits(
                        configuredKeys(),
                        wantsAny && configuration.history().asksForStateless(),
                        configuration.compresses());
        return String.format("we want %08X, the peer ", ours)
                + (offersMppe ? String.format("offers %08X", peerBits) : "offers no MPPE");
    }

    /** Both sides' bits where no encryption that the peer asked for is one of ours. */
    public Optional<String> disagreement() {
        boolean wantsKeys = offersMppe && (peerBits & MppeBits.KEYS) != 0;
        boolean suits =
                (peerBits & configuredKeys()) != 0
                        && configuration.history().allows(MppeBits.isStateless(peerBits));
        return wantsKeys && !suits ? Optional.of(describe()) : Optional.empty();
    }

    private void offered(int bits) {
        peerBits = bits;
        offersMppe = true;
    }

    /** Notes the bits of a request that is not answered. */
    public void heard(OptionList request) {
        request.options().stream()
                .filter(option -> option.type() == MPPE && option.dataOctets() == DATA_OCTETS)
                .forEach(option -> offered(option.intValue()));
    }

    @Override
    public void reset() {
        keys = configuredKeys();
        stateless = configuration.history().asksForStateless();
        compresses = configuration.compresses();
        asks = true;
        requested = 0;
        granted = 0;
    }

    private int configuredKeys() {
        return configuration.policy() == MppePolicy.DENY
                ? 0
                : MppeBits.of(configuration.strengths());
    }

    private static int bits(int keyBits, boolean stateless, boolean compressed) {
        return keyBits
                | (stateless ? MppeBits.STATELESS : 0)
                | (compressed ? MppeBits.COMPRESSED : 0);
    }

    @Override
    public List<Option> request() {
        requested = asks && (keys != 0 || compresses) ? bits(keys, stateless, compresses) : 0;
        return requested == 0 ? List.of() : List.of(Option.ofInt(MPPE, requested));
    }

    @Override
    public Judgement judge(Option option) {
        if (option.type() != MPPE) {
            return Judgement.REJECT;
        }
        if (option.dataOctets() != DATA_OCTETS) {
            return new Judgement.Nak(better(0));
        }
        int offer = option.intValue();
        offered(offer);
        return isGood(offer) ? Judgement.ACCEPT : new Judgement.Nak(better(offer));
    }

    private boolean isGood(int offer) {
        int offeredKeys = offer & MppeBits.KEYS;
        boolean compressed = MppeBits.isCompressed(offer);
        if (MppeBits.areStrange(offer)
                || (compressed && !configuration.compresses())
                || !configuration.history().allows(MppeBits.isStateless(offer))) {
            return false;
        }
        return offeredKeys == 0
                ? (compressed && !insists)
                : (Integer.bitCount(offeredKeys) == 1 && (offeredKeys & keys) != 0);
    }

    /** The nearest to the peer's offer that we would acknowledge. */
    private Option better(int offer) {
        int common = offer & keys;
        int key = MppeBits.strongest(common != 0 ? common : keys);
        boolean offersData = (offer & (MppeBits.KEYS | MppeBits.COMPRESSED)) != 0;
        boolean mayKeepState =
                offersData && configuration.history().allows(MppeBits.isStateless(offer));
        boolean wantsStateless =
                mayKeepState
                        ? MppeBits.isStateless(offer)
                        : configuration.history().asksForStateless();
        boolean compressed =
                configuration.compresses() && (key == 0 || MppeBits.isCompressed(offer));
        return Option.ofInt(MPPE, bits(key, wantsStateless, compressed));
    }

    /** Where we insist on encryption, a request without MPPE is no agreement. */
    @Override
    public List<Option> missing(OptionList request) {
        return insists && !request.has(MPPE) ? List.of(better(0)) : List.of();
    }

    /** The peer has chosen: nothing else is asked for from now on. */
    @Override
    public void acknowledged(OptionList request) {
        granted = request.options().stream().findFirst().map(Option::intValue).orElse(0);
        if ((granted & keys) != 0) {
            keys = granted & keys;
            stateless = MppeBits.isStateless(granted);
        }
    }

    /** The peer picks among ours; whatever else it prefers, we ask for the same again. */
    @Override
    public Optional<String> naked(Option option) {
        if (option.type() == MPPE && option.dataOctets() == DATA_OCTETS) {
            int offer = option.intValue();
            offered(offer);
            int common = offer & keys;
            boolean compressionAlone = common == 0 && MppeBits.isCompressed(offer) && !insists;
            if (common != 0 || compressionAlone) {
                keys = MppeBits.strongest(common);
                compresses &= MppeBits.isCompressed(offer);
                if (configuration.history().allows(MppeBits.isStateless(offer))) {
                    stateless = MppeBits.isStateless(offer);
                }
            }
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
