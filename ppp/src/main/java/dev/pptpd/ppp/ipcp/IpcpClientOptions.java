package dev.pptpd.ppp.ipcp;

import dev.pptpd.ppp.option.Judgement;
import dev.pptpd.ppp.option.Option;
import dev.pptpd.ppp.option.OptionList;
import dev.pptpd.ppp.vj.VjParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The options of IPCP, client side: asks for an address and two name servers, and takes what the
 * server names. The server has to name its own address; there is none here to give.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc1332#section-3 RFC 1332 section 3
 * @spec https://www.rfc-editor.org/rfc/rfc1877#section-1 RFC 1877 section 1
 */
public final class IpcpClientOptions implements AddressNegotiation {
    /** What we ask for, by option type: 0.0.0.0 until the server has named something. */
    private final Map<Integer, Ipv4Address> asked = new TreeMap<>();

    private final VjNegotiation compression;
    private final Ipv4Address wanted;
    private Ipv4Address server = Ipv4Address.ANY;

    /** Options that ask for all addresses, and for no header compression. */
    public IpcpClientOptions() {
        this(Optional.empty());
    }

    /** Options that ask for all addresses; {@code vj} is what we can decompress. */
    public IpcpClientOptions(Optional<VjParameters> vj) {
        this(vj, Ipv4Address.ANY);
    }

    /**
     * Options that ask for this address first.
     *
     * @param wanted 0.0.0.0 for whichever the server gives
     */
    public IpcpClientOptions(Optional<VjParameters> vj, Ipv4Address wanted) {
        this.compression = new VjNegotiation(vj);
        this.wanted = wanted;
        reset();
    }

    @Override
    public VjNegotiation compression() {
        return compression;
    }

    @Override
    public void reset() {
        server = Ipv4Address.ANY;
        asked.put(IpcpOptions.IP_ADDRESS, wanted);
        asked.put(IpcpOptions.PRIMARY_DNS, Ipv4Address.ANY);
        asked.put(IpcpOptions.SECONDARY_DNS, Ipv4Address.ANY);
        compression.reset();
    }

    @Override
    public List<Option> request() {
        List<Option> options = new ArrayList<>();
        compression.request().ifPresent(options::add);
        asked.forEach((type, address) -> options.add(Option.ofInt(type, address.value())));
        return options;
    }

    /**
     * A server that asks for an address (0.0.0.0) is told no, and so is one that names ours, unless
     * it is only the one that we wished for: then it is the server's, who names us another.
     */
    @Override
    public Judgement judge(Option option) {
        if (option.type() == VjNegotiation.IP_COMPRESSION_PROTOCOL) {
            return compression.judge(option);
        }
        if (option.type() != IpcpOptions.IP_ADDRESS || option.dataOctets() != 4) {
            return Judgement.REJECT;
        }
        Ipv4Address address = new Ipv4Address(option.intValue());
        boolean isOurs = address.equals(own()) && !address.equals(wanted);
        return address.isHost() && !isOurs ? Judgement.ACCEPT : Judgement.REJECT;
    }

    @Override
    public void acknowledged(OptionList request) {
        server = Ipv4Address.ANY;
        compression.acknowledged(request);
        for (Option option : request.options()) {
            if (option.type() == IpcpOptions.IP_ADDRESS) {
                server = new Ipv4Address(option.intValue());
            }
        }
    }

    /** A server without a name server answers 0.0.0.0, or appends what nobody asked for. */
    @Override
    public Optional<String> naked(Option option) {
        if (option.type() == VjNegotiation.IP_COMPRESSION_PROTOCOL) {
            compression.naked(option);
            return Optional.empty();
        }
        if (!asked.containsKey(option.type()) || option.dataOctets() != 4) {
            return Optional.empty();
        }
        Ipv4Address better = new Ipv4Address(option.intValue());
        if (better.isHost()) {
            asked.put(option.type(), better);
            return Optional.empty();
        }
        if (option.type() == IpcpOptions.IP_ADDRESS) {
            return Optional.of("the server gives us the address " + better);
        }
        asked.remove(option.type());
        return Optional.empty();
    }

    @Override
    public Optional<String> rejected(Option option) {
        if (option.type() == IpcpOptions.IP_ADDRESS) {
            return Optional.of("the server has no address for us");
        }
        if (option.type() == VjNegotiation.IP_COMPRESSION_PROTOCOL) {
            compression.rejected();
        }
        asked.remove(option.type());
        return Optional.empty();
    }

    @Override
    public Optional<String> obstacle() {
        if (own().equals(Ipv4Address.ANY)) {
            return Optional.of("the server has no address for us");
        }
        if (server.equals(Ipv4Address.ANY)) {
            return Optional.of("the server names no address of its own");
        }
        return server.equals(own())
                ? Optional.of("the server gives us its own address " + server)
                : Optional.empty();
    }

    @Override
    public Optional<Ipv4Assignment> assignment() {
        if (obstacle().isPresent()) {
            return Optional.empty();
        }
        return Optional.of(new Ipv4Assignment(own(), server, nameServers(), List.of()));
    }

    private Ipv4Address own() {
        return asked.getOrDefault(IpcpOptions.IP_ADDRESS, Ipv4Address.ANY);
    }

    private List<Ipv4Address> nameServers() {
        return asked.entrySet().stream()
                .filter(entry -> entry.getKey() != IpcpOptions.IP_ADDRESS)
                .map(Map.Entry::getValue)
                .filter(address -> !address.equals(Ipv4Address.ANY))
                .distinct()
                .toList();
    }
}
