package dev.pptpd.session;

import dev.pptpd.address.Ipv6Network;
import dev.pptpd.ppp.ipv6cp.Ipv6Address;
import java.util.List;
import java.util.Optional;

/**
 * What all sessions have of IPv6.
 *
 * @param carries whether they carry it at all
 * @param identifiersFromIpv4 whether the interface identifiers are the IPv4 addresses
 * @param prefixes where each slot has a prefix of 64 bits; empty for link-local addresses alone
 * @param dns name servers that clients are told together with their prefix
 */
public record Ipv6Settings(
        boolean carries,
        boolean identifiersFromIpv4,
        Optional<Ipv6Network> prefixes,
        List<Ipv6Address> dns) {
    /** No IPv6. */
    public static final Ipv6Settings NONE =
            new Ipv6Settings(false, false, Optional.empty(), List.of());

    /** Copies the list. */
    public Ipv6Settings {
        dns = List.copyOf(dns);
    }
}
