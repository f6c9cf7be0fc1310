package dev.pptpd.client;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.util.ArrayList;
import java.util.List;

/**
 * Which of the networks that a server offers are routed to it. A server that leads all packets to
 * itself, or those to itself into its own tunnel, is not believed. Pure.
 *
 * @param accepted each once, in the order of the offer
 * @param refused the others, each with the reason
 */
record OfferedRoutes(List<Ipv4Network> accepted, List<Refused> refused) {
    /** What one answer of 255 octets holds, and somewhat more. */
    private static final int MAX_ROUTES = 64;

    /** Shorter prefixes than those of any organisation: some of them together are everything. */
    private static final int SHORTEST_PREFIX = 8;

    private static final int THIS_NETWORK = 0;
    private static final int LOOPBACK = 127;
    private static final int LINK_LOCAL = 0xA9FE;
    private static final int MULTICAST = 0xE;

    /**
     * A network that is not routed.
     *
     * @param reason a phrase for the user
     */
    record Refused(Ipv4Network network, String reason) {}

    OfferedRoutes {
        accepted = List.copyOf(accepted);
        refused = List.copyOf(refused);
    }

    /**
     * Judges an offer.
     *
     * @param plan what is routed already, since the user wants it
     * @param server its outer address
     * @param own our address in the tunnel
     */
    static OfferedRoutes judge(
            List<Ipv4Network> offer, RoutePlan plan, Ipv4Address server, Ipv4Address own) {
        List<Ipv4Network> accepted = new ArrayList<>();
        List<Refused> refused = new ArrayList<>();
        for (Ipv4Network network : offer) {
            String obstacle = obstacle(network, plan, server, own);
            if (!obstacle.isEmpty()) {
                refused.add(new Refused(network, obstacle));
            } else if (accepted.size() == MAX_ROUTES) {
                refused.add(new Refused(network, "one of more than " + MAX_ROUTES));
            } else if (!accepted.contains(network) && !plan.throughTunnel().contains(network)) {
                accepted.add(network);
            }
        }
        return new OfferedRoutes(accepted, refused);
    }

    private static String obstacle(
            Ipv4Network network, RoutePlan plan, Ipv4Address server, Ipv4Address own) {
        int base = network.base().value();
        if (network.prefixBits() < SHORTEST_PREFIX) {
            return plan.leadsAll()
                    ? "all goes through the tunnel anyway"
                    : "it is nearly everything, which takes --default-route";
        }
        if (network.contains(server) && !plan.pinsServer()) {
            return "the server's own address lies in it";
        }
        if (network.prefixBits() == Integer.SIZE
                && (network.contains(server) || network.contains(own))) {
            return "it is an end of the tunnel";
        }
        boolean isLocal =
                base >>> 24 == THIS_NETWORK
                        || base >>> 24 == LOOPBACK
                        || base >>> 16 == LINK_LOCAL
                        || base >>> 28 >= MULTICAST;
        return isLocal ? "it is no network of hosts elsewhere" : "";
    }
}
