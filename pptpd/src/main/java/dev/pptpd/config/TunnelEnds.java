package dev.pptpd.config;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.auth.AddressPermissions;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** The addresses of localip and remoteip that sessions get: no user's network may have one. */
record TunnelEnds(Set<Ipv4Address> addresses, Optional<AddressSlots> slots) {
    /** Where these are not known. */
    static final TunnelEnds NONE = new TunnelEnds(Set.of(), Optional.empty());

    TunnelEnds {
        addresses = Set.copyOf(addresses);
    }

    static TunnelEnds of(AddressSlots slots) {
        Set<Ipv4Address> addresses = new TreeSet<>(slots.local());
        addresses.addAll(slots.remote());
        return new TunnelEnds(addresses, Optional.of(slots));
    }

    /** Whether some session would have a user's own address that is one of localip. */
    boolean areOwnOf(AddressPermissions user) {
        return slots.filter(all ->
                        IntStream.range(0, all.size())
                                .mapToObj(user::fixedAddress)
                                .flatMap(Optional::stream)
                                .anyMatch(all.local()::contains))
                .isPresent();
    }

    /** Whether no session could give the user an address, unless he may ask for one. */
    boolean haveNothingFor(AddressPermissions user) {
        return slots.filter(all ->
                        IntStream.range(0, all.size())
                                .noneMatch(slot ->
                                        user.fixedAddress(slot).isPresent()
                                                || user.permits(all.remote(slot), slot)))
                .isPresent();
    }

    /** An address that lies in the network. */
    Optional<Ipv4Address> firstIn(Ipv4Network network) {
        return addresses.stream().filter(network::contains).min(Ipv4Address::compareTo);
    }
}
