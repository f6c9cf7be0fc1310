package dev.pptpd.config;

import dev.pptpd.address.Ipv6Network;
import dev.pptpd.ppp.ipv6cp.Ipv6Address;
import java.util.List;
import java.util.Optional;

/**
 * What sessions get of IPv6 beyond link-local addresses.
 *
 * @param pool where each slot has a prefix of 64 bits; empty for none
 * @param dns at most two name servers that clients are told together with it
 */
public record Ipv6Prefixes(Optional<Ipv6Network> pool, List<Ipv6Address> dns) {
    /** Copies the list. */
    public Ipv6Prefixes {
        dns = List.copyOf(dns);
    }
}
