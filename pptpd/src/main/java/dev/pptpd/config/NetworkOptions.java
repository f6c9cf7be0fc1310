package dev.pptpd.config;

import dev.pptpd.ppp.ipv6cp.Ipv6cpConfiguration;
import dev.pptpd.ppp.vj.VjParameters;
import java.util.Optional;

/**
 * What sessions carry beyond plain IPv4.
 *
 * @param vj what we can take of TCP/IP header compression; empty for none
 * @param ipv6 what IPV6CP asks for; empty for no IPv6
 * @param identifiersFromIpv4 whether interface identifiers are the IPv4 addresses instead
 * @param ipv6cpLimits of IPV6CP
 */
public record NetworkOptions(
        Optional<VjParameters> vj,
        Optional<Ipv6cpConfiguration> ipv6,
        boolean identifiersFromIpv4,
        NegotiationLimits ipv6cpLimits) {}
