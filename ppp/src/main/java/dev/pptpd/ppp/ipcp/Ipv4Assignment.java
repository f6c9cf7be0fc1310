package dev.pptpd.ppp.ipcp;

import java.util.List;

/**
 * The addresses of a session.
 *
 * @param local our end of the tunnel
 * @param peer the other end
 * @param dns at most two name servers, which the server names to the client
 * @param wins at most two NetBIOS name servers, likewise
 */
public record Ipv4Assignment(
        Ipv4Address local, Ipv4Address peer, List<Ipv4Address> dns, List<Ipv4Address> wins) {
    /** Copies the lists. */
    public Ipv4Assignment {
        dns = List.copyOf(dns);
        wins = List.copyOf(wins);
    }
}
