package dev.pptpd.linux;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which IPv4 addresses are those of the host and of its neighbours, by its routing tables.
 *
 * @param own the addresses of the host itself
 * @param broadcasts those that mean everybody on a network
 * @param gateways the neighbours that packets are given to
 * @param connected the networks whose hosts are neighbours, each with its device
 */
public record HostNetworks(
        Set<Ipv4Network> own,
        Set<Ipv4Address> broadcasts,
        Set<Ipv4Address> gateways,
        Set<Connected> connected) {
    /** None at all. */
    public static final HostNetworks NONE =
            new HostNetworks(Set.of(), Set.of(), Set.of(), Set.of());

    /** For somebody who has no device. */
    public static final int NO_INTERFACE = 0;

    /** Shorter ones are a default route in halves rather than a network. */
    private static final int SHORTEST_PREFIX_BITS = 8;

    private static final int LONGEST_WITH_BROADCAST_BITS = 30;

    /** A network at a device. */
    public record Connected(Ipv4Network network, int interfaceIndex) {}

    /** Copies the sets. */
    public HostNetworks {
        own = Set.copyOf(own);
        broadcasts = Set.copyOf(broadcasts);
        gateways = Set.copyOf(gateways);
        connected = Set.copyOf(connected);
    }

    static HostNetworks of(List<HostRoute> routes) {
        Set<Ipv4Network> own = new HashSet<>();
        Set<Ipv4Address> broadcasts = new HashSet<>();
        Set<Ipv4Address> gateways = new HashSet<>();
        Set<Connected> connected = new HashSet<>();
        for (HostRoute route : routes) {
            switch (route.kind()) {
                case LOCAL -> own.add(route.destination());
                case BROADCAST -> broadcasts.add(route.destination().base());
                case UNICAST -> {
                    gateways.addAll(route.gateways());
                    if (route.gateways().isEmpty()
                            && route.destination().prefixBits() >= SHORTEST_PREFIX_BITS) {
                        connected.add(new Connected(route.destination(), route.interfaceIndex()));
                    }
                }
                case OTHER -> {}
            }
        }
        return new HostNetworks(own, broadcasts, gateways, connected);
    }

    /** Whose the address is, whatever a client may have: no client gets it then. */
    public Optional<String> owner(Ipv4Address address) {
        if (own.stream().anyMatch(network -> network.contains(address))) {
            return Optional.of("it is an address of this host");
        }
        if (gateways.contains(address)) {
            return Optional.of("it is a gateway of this host");
        }
        boolean isBroadcast =
                broadcasts.contains(address)
                        || connected.stream().anyMatch(each -> isEdge(each.network(), address));
        return isBroadcast
                ? Optional.of("it means everybody on a network of this host")
                : Optional.empty();
    }

    private static boolean isEdge(Ipv4Network network, Ipv4Address address) {
        int last = network.base().value() | ~network.mask();
        return network.prefixBits() <= LONGEST_WITH_BROADCAST_BITS
                && (address.equals(network.base()) || address.value() == last);
    }

    /**
     * The network that the address lies in, the smallest of several, unless that is at this device.
     */
    public Optional<Ipv4Network> elsewhere(Ipv4Address address, int interfaceIndex) {
        return connected.stream()
                .filter(each -> each.network().contains(address))
                .max(Comparator.comparingInt(each -> each.network().prefixBits()))
                .filter(each -> each.interfaceIndex() != interfaceIndex)
                .map(Connected::network);
    }
}
