package dev.pptpd.ppp.ipcp;

import java.util.List;

/**
 * The addresses of a session.
 *
 * @param local the server's end of the tunnel
 * @param peer the address the client gets
 * @param dns at most two name servers for the client
 * @param wins at most two NetBIOS name servers for the client
 */
public record Ipv4Assignment(
        Ipv4Address local, Ipv4Address peer, List<Ipv4Address> dns, List<Ipv4Address> wins) {
    /** Copies the lists. */
    public Ipv4Assignment {
        dns = List.copyOf(dns);
        wins = List.copyOf(wins);
    }
}
