package dev.pptpd.client;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.util.ArrayList;
import java.util.List;

/**
 * Which way packets go while the session is up. Pure.
 *
 * @param throughTunnel networks that are reached by the device
 * @param pinsServer whether the server's outer address needs a route of its own past the tunnel:
 *     its GRE packets must not go into the tunnel that they are
 * @param leadsAll whether all packets shall go through the tunnel; half of them would be worse than
 *     none
 */
record RoutePlan(List<Ipv4Network> throughTunnel, boolean pinsServer, boolean leadsAll) {
    /**
     * All addresses in two halves, each narrower than a default route: the one that is there stays,
     * and counts again when the device goes.
     */
    private static final List<Ipv4Network> HALVES =
            List.of(
                    new Ipv4Network(Ipv4Address.ANY, 1),
                    new Ipv4Network(new Ipv4Address(1 << 31), 1));

    RoutePlan {
        throughTunnel = List.copyOf(throughTunnel);
    }

    /**
     * The plan for what the user asked.
     *
     * @param server its outer address
     * @param peer its address in the tunnel, which some servers have the same as the outer one
     */
    static RoutePlan of(ClientArguments arguments, Ipv4Address server, Ipv4Address peer) {
        boolean leadsAll = arguments.defaultRoute() || arguments.routes().contains(Ipv4Network.ALL);
        List<Ipv4Network> networks = new ArrayList<>(arguments.routes());
        // A route to everything would stand beside the one that is there.
        networks.removeIf(Ipv4Network.ALL::equals);
        if (leadsAll) {
            networks.addAll(HALVES);
        }
        List<Ipv4Network> distinct = networks.stream().distinct().toList();
        boolean pins =
                peer.equals(server)
                        || distinct.stream().anyMatch(network -> network.contains(server));
        return new RoutePlan(distinct, pins, leadsAll);
    }

    /** Whether there is no point in a tunnel without the route to this network. */
    boolean isVital(Ipv4Network network) {
        return leadsAll && HALVES.contains(network);
    }
}
