package dev.pptpd.ppp.ipcp;

import java.util.List;

/**
 * The addresses of a session.
 *
 * @param local our end of the tunnel
 * @param peer the other end
 * @param dns at most two name servers, which the server names to the client
 * @param wins at most two NetBIOS name servers, likewise
 * @param negotiable whether a client may ask for another address, about which somebody decides then
 */
public record Ipv4Assignment(
        Ipv4Address local,
        Ipv4Address peer,
        List<Ipv4Address> dns,
        List<Ipv4Address> wins,
        boolean negotiable) {
    /** Addresses that stand. */
    public Ipv4Assignment(
            Ipv4Address local, Ipv4Address peer, List<Ipv4Address> dns, List<Ipv4Address> wins) {
        this(local, peer, dns, wins, false);
    }

    /** Copies the lists. */
    public Ipv4Assignment {
        dns = List.copyOf(dns);
        wins = List.copyOf(wins);
    }

    /** The same with another address for the other end. */
    public Ipv4Assignment withPeer(Ipv4Address other) {
        return new Ipv4Assignment(local, other, dns, wins, negotiable);
    }
}
