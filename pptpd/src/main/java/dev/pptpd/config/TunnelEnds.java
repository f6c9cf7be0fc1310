package dev.pptpd.config;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The addresses of localip and remoteip that sessions get: no user's network may have one. */
record TunnelEnds(Set<Ipv4Address> addresses) {
    /** Where these are not known. */
    static final TunnelEnds NONE = new TunnelEnds(Set.of());

    TunnelEnds {
        addresses = Set.copyOf(addresses);
    }

    static TunnelEnds of(AddressSlots slots) {
        Set<Ipv4Address> addresses = new TreeSet<>(slots.local());
        addresses.addAll(slots.remote());
        return new TunnelEnds(addresses);
    }

    /** An address that lies in the network. */
    Optional<Ipv4Address> firstIn(Ipv4Network network) {
        return addresses.stream().filter(network::contains).min(Ipv4Address::compareTo);
    }
}
