package dev.pptpd.ppp.ipv6cp;

import dev.pptpd.ppp.option.Judgement;
import dev.pptpd.ppp.option.Option;
import dev.pptpd.ppp.option.OptionList;
import dev.pptpd.ppp.option.OptionSet;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The options of IPV6CP, the same at both ends: two interface identifiers that differ and are not
 * zero. Compression is rejected.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc5072#section-4.1 RFC 5072 section 4.1
 */
public final class Ipv6cpOptions implements OptionSet {
    static final int INTERFACE_IDENTIFIER = 1;

    private final Ipv6cpConfiguration configuration;
    private final RandomGenerator entropy;
    private final InterfaceIdentifier first;

    private InterfaceIdentifier own;
    private InterfaceIdentifier peer = InterfaceIdentifier.NONE;
    private InterfaceIdentifier suggested = InterfaceIdentifier.NONE;

    /** The peer was told once what it should take, and may insist after that. */
    private boolean remoteWasNamed;

    /** Options of one link; {@code entropy} makes identifiers where none is configured. */
    public Ipv6cpOptions(Ipv6cpConfiguration configuration, RandomGenerator entropy) {
        this.configuration = configuration;
        this.entropy = entropy;
        this.first =
                configuration
                        .local()
                        .orElseGet(() ->
                                InterfaceIdentifier.random(
                                        entropy,
                                        configuration.remote().orElse(InterfaceIdentifier.NONE)));
        this.own = first;
    }

    /** Both identifiers, once the peer's is known. */
    public Optional<Ipv6Identifiers> identifiers() {
        return peer.isNone() ? Optional.empty() : Optional.of(new Ipv6Identifiers(own, peer));
    }

    @Override
    public void reset() {
        own = first;
        peer = InterfaceIdentifier.NONE;
        remoteWasNamed = false;
    }

    @Override
    public List<Option> request() {
        return List.of(option(own));
    }

    @Override
    public Judgement judge(Option option) {
        if (option.type() != INTERFACE_IDENTIFIER) {
            return Judgement.REJECT;
        }
        InterfaceIdentifier wish = identifier(option);
        if (wish.isNone() || wish.equals(own)) {
            return new Judgement.Nak(option(suggestion()));
        }
        Optional<InterfaceIdentifier> named = configuration.remote();
        if (named.isPresent()
                && !configuration.acceptsRemote()
                && !remoteWasNamed
                && !wish.equals(named.get())) {
            remoteWasNamed = true;
            return new Judgement.Nak(option(named.get()));
        }
        return Judgement.ACCEPT;
    }

    /** The same one each time: a peer must be able to learn it. */
    private InterfaceIdentifier suggestion() {
        InterfaceIdentifier named = configuration.remote().orElse(suggested);
        if (named.isNone() || named.equals(own)) {
            named = InterfaceIdentifier.random(entropy, own);
        }
        suggested = named;
        return named;
    }

    /**
     * Without it there is no address; a peer that does not learn comes to the end of its rounds.
     */
    @Override
    public boolean mayReject(int type) {
        return type != INTERFACE_IDENTIFIER;
    }

    @Override
    public List<Option> missing(OptionList request) {
        return request.has(INTERFACE_IDENTIFIER) ? List.of() : List.of(option(suggestion()));
    }

    @Override
    public void acknowledged(OptionList request) {
        for (Option option : request.options()) {
            peer = identifier(option);
        }
    }

    /**
     * The peer has our identifier itself, or another one in mind for us. Where ours is fixed we go
     * on asking for it.
     */
    @Override
    public Optional<String> naked(Option option) {
        boolean isFixed = configuration.local().isPresent() && !configuration.acceptsLocal();
        if (option.type() != INTERFACE_IDENTIFIER || isFixed) {
            return Optional.empty();
        }
        InterfaceIdentifier better = identifier(option);
        own =
                better.isNone() || better.equals(peer)
                        ? InterfaceIdentifier.random(entropy, peer)
                        : better;
        return Optional.empty();
    }

    @Override
    public Optional<String> rejected(Option option) {
        return option.type() == INTERFACE_IDENTIFIER
                ? Optional.of("the peer rejects our interface identifier")
                : Optional.empty();
    }

    /** None in an option of a wrong length. */
    private static InterfaceIdentifier identifier(Option option) {
        return option.dataOctets() == Long.BYTES
                ? new InterfaceIdentifier(ByteBuffer.wrap(option.data()).getLong())
                : InterfaceIdentifier.NONE;
    }

    private static Option option(InterfaceIdentifier identifier) {
        byte[] data = ByteBuffer.allocate(Long.BYTES).putLong(identifier.value()).array();
        return new Option(INTERFACE_IDENTIFIER, data);
    }
}
