package dev.pptpd.ppp.ipcp;

import dev.pptpd.ppp.option.Judgement;
import dev.pptpd.ppp.option.Option;
import dev.pptpd.ppp.option.OptionList;
import dev.pptpd.ppp.vj.VjParameters;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The options of IPCP, server side: the peer gets the address and the name servers of its
 * assignment, or the address that it asks for where somebody grants it; the obsolete IP-Addresses
 * is rejected, and so is header compression unless it is configured.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc1332#section-3 RFC 1332 section 3
 * @spec https://www.rfc-editor.org/rfc/rfc1877#section-1 RFC 1877 section 1
 */
public final class IpcpOptions implements AddressNegotiation {
    static final int IP_ADDRESS = 3;
    static final int PRIMARY_DNS = 129;
    static final int PRIMARY_NBNS = 130;
    static final int SECONDARY_DNS = 131;
    static final int SECONDARY_NBNS = 132;

    /** A client that asks for one address after another gets what it was assigned. */
    private static final int MAX_QUESTIONS = 3;

    private final VjNegotiation compression;
    private Set<Ipv4Address> questions = Set.of();
    private Ipv4Assignment assignment;
    private boolean tellsOwnAddress = true;

    /** Options for one assignment, without header compression. */
    public IpcpOptions(Ipv4Assignment assignment) {
        this(assignment, Optional.empty());
    }

    /** Options for one assignment; {@code vj} is what we can decompress. */
    public IpcpOptions(Ipv4Assignment assignment, Optional<VjParameters> vj) {
        this.assignment = assignment;
        this.compression = new VjNegotiation(vj);
    }

    @Override
    public VjNegotiation compression() {
        return compression;
    }

    @Override
    public void reset() {
        tellsOwnAddress = true;
        compression.reset();
    }

    @Override
    public List<Option> request() {
        List<Option> options = new ArrayList<>();
        compression.request().ifPresent(options::add);
        if (tellsOwnAddress) {
            options.add(Option.ofInt(IP_ADDRESS, assignment.local().value()));
        }
        return options;
    }

    @Override
    public Judgement judge(Option option) {
        return switch (option.type()) {
            case VjNegotiation.IP_COMPRESSION_PROTOCOL -> compression.judge(option);
            case IP_ADDRESS -> grant(option, Optional.of(assignment.peer()));
            case PRIMARY_DNS -> grant(option, nth(assignment.dns(), 0));
            case SECONDARY_DNS -> grant(option, nth(assignment.dns(), 1));
            case PRIMARY_NBNS -> grant(option, nth(assignment.wins(), 0));
            case SECONDARY_NBNS -> grant(option, nth(assignment.wins(), 1));
            default -> Judgement.REJECT;
        };
    }

    @Override
    public Optional<Ipv4Address> undecided(OptionList request) {
        if (!assignment.negotiable() || questions.size() >= MAX_QUESTIONS) {
            return Optional.empty();
        }
        return request.options().stream()
                .filter(option -> option.type() == IP_ADDRESS && option.dataOctets() == 4)
                .map(option -> new Ipv4Address(option.intValue()))
                .filter(asked -> asked.isHost() && !asked.equals(assignment.peer()))
                .filter(asked -> !questions.contains(asked))
                .findFirst();
    }

    @Override
    public void decided(Ipv4Address asked, Ipv4Assignment now) {
        if (questions.isEmpty()) {
            questions = new HashSet<>();
        }
        questions.add(asked);
        assignment = now;
    }

    private static Optional<Ipv4Address> nth(List<Ipv4Address> servers, int index) {
        return index < servers.size() ? Optional.of(servers.get(index)) : Optional.empty();
    }

    private static Judgement grant(Option option, Optional<Ipv4Address> value) {
        if (value.isEmpty()) {
            return Judgement.REJECT;
        }
        Option granted = Option.ofInt(option.type(), value.get().value());
        return option.equals(granted) ? Judgement.ACCEPT : new Judgement.Nak(granted);
    }

    /** A pppd-family client whose address was rejected asks for ever with the obsolete option. */
    @Override
    public boolean mayReject(int type) {
        return type != IP_ADDRESS;
    }

    /** A client that names no address is told to name its own. */
    @Override
    public List<Option> missing(OptionList request) {
        List<Option> missing = new ArrayList<>();
        if (!request.has(IP_ADDRESS)) {
            missing.add(Option.ofInt(IP_ADDRESS, assignment.peer().value()));
        }
        return missing;
    }

    @Override
    public void acknowledged(OptionList request) {
        // The peer now uses the addresses that it was assigned: nothing else is to be remembered.
        compression.acknowledged(request);
    }

    /** The peer may not choose our address; it is told again, until the automaton gives up. */
    @Override
    public Optional<String> naked(Option option) {
        if (option.type() == VjNegotiation.IP_COMPRESSION_PROTOCOL) {
            compression.naked(option);
        }
        return Optional.empty();
    }

    @Override
    public Optional<String> rejected(Option option) {
        switch (option.type()) {
            case IP_ADDRESS -> tellsOwnAddress = false;
            case VjNegotiation.IP_COMPRESSION_PROTOCOL -> compression.rejected();
            default -> {}
        }
        return Optional.empty();
    }

    @Override
    public Optional<Ipv4Assignment> assignment() {
        return Optional.of(assignment);
    }

    @Override
    public Optional<String> obstacle() {
        return Optional.empty();
    }
}
