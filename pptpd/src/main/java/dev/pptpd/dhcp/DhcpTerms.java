package dev.pptpd.dhcp;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.util.List;

/**
 * What a client of one session is told.
 *
 * @param server our inner address: who answers, and the gateway to the networks
 * @param dns name servers
 * @param wins NetBIOS name servers
 * @param domain the client's domain; empty for none
 * @param routes the networks that the client reaches through the tunnel; together at most {@link
 *     DhcpRoutes#MAX_OCTETS}
 */
public record DhcpTerms(
        Ipv4Address server,
        List<Ipv4Address> dns,
        List<Ipv4Address> wins,
        String domain,
        List<Ipv4Network> routes) {
    /** Copies the lists. */
    public DhcpTerms {
        dns = List.copyOf(dns);
        wins = List.copyOf(wins);
        routes = List.copyOf(routes);
        if (DhcpRoutes.octets(routes) > DhcpRoutes.MAX_OCTETS) {
            throw new IllegalArgumentException("more routes than an option holds");
        }
    }
}
