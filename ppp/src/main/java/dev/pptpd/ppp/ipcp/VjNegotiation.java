package dev.pptpd.ppp.ipcp;

import dev.pptpd.ppp.option.Judgement;
import dev.pptpd.ppp.option.Option;
import dev.pptpd.ppp.option.OptionList;
import dev.pptpd.ppp.vj.VjParameters;
import java.util.Optional;

/**
 * The option IP-Compression-Protocol, the same at both ends: each says what it can decompress. Only
 * Van Jacobson's compression is known, and nothing at all where none is configured.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc1332#section-3.2 RFC 1332 sections 3.2 and 4
 */
public final class VjNegotiation {
    static final int IP_COMPRESSION_PROTOCOL = 2;

    private static final int VAN_JACOBSON = 0x002D;
    private static final int DATA_OCTETS = 4;
    private static final int PROTOCOL_OCTETS = 2;

    private final Optional<VjParameters> configured;
    private Optional<VjParameters> asked;
    private Optional<VjParameters> peer = Optional.empty();

    /** {@code configured} is what this end can take; empty for no compression either way. */
    VjNegotiation(Optional<VjParameters> configured) {
        this.configured = configured;
        this.asked = configured;
    }

    /** What the peer may send compressed, once IPCP is open. */
    public Optional<VjParameters> receives() {
        return asked;
    }

    /** What we may send compressed, once IPCP is open. */
    public Optional<VjParameters> sends() {
        return peer;
    }

    void reset() {
        asked = configured;
        peer = Optional.empty();
    }

    Optional<Option> request() {
        return asked.map(VjNegotiation::option);
    }

    /** An option of another protocol, or of a wrong length, is not to be talked about. */
    Judgement judge(Option option) {
        if (configured.isEmpty() || !isVanJacobson(option)) {
            return Judgement.REJECT;
        }
        return option.dataOctets() == DATA_OCTETS
                ? Judgement.ACCEPT
                : new Judgement.Nak(option(configured.get()));
    }

    void acknowledged(OptionList request) {
        peer = Optional.empty();
        for (Option option : request.options()) {
            if (option.type() == IP_COMPRESSION_PROTOCOL) {
                peer = configured.map(own -> least(own, option));
            }
        }
    }

    void naked(Option option) {
        asked =
                isVanJacobson(option) && option.dataOctets() == DATA_OCTETS
                        ? asked.map(own -> least(own, option))
                        : Optional.empty();
    }

    void rejected() {
        asked = Optional.empty();
    }

    private static boolean isVanJacobson(Option option) {
        byte[] data = option.data();
        return data.length >= PROTOCOL_OCTETS
                && ((data[0] & 0xFF) << Byte.SIZE | (data[1] & 0xFF)) == VAN_JACOBSON;
    }

    /** No more than we are made for, whatever the peer could take. */
    private static VjParameters least(VjParameters own, Option option) {
        int value = option.intValue();
        int slots = (value >>> Byte.SIZE & 0xFF) + 1;
        boolean omitsSlot = (value & 0xFF) != 0;
        return new VjParameters(Math.min(own.slots(), slots), own.omitsSlot() && omitsSlot);
    }

    private static Option option(VjParameters parameters) {
        int lastSlot = parameters.slots() - 1;
        int omits = parameters.omitsSlot() ? 1 : 0;
        return Option.ofInt(
                IP_COMPRESSION_PROTOCOL, VAN_JACOBSON << 16 | lastSlot << Byte.SIZE | omits);
    }
}
