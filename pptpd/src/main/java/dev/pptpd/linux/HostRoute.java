package dev.pptpd.linux;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.util.List;

/**
 * An entry of one of the host's routing tables, as far as it says whom an address belongs to.
 *
 * @param interfaceIndex the device that packets leave by; 0 where that is not one
 * @param gateways the neighbours they are given to; none when the destination is at the device
 */
record HostRoute(
        Kind kind, Ipv4Network destination, int interfaceIndex, List<Ipv4Address> gateways) {
    /** What packets to the destination are. */
    enum Kind {
        /** For one host. */
        UNICAST,
        /** For this host. */
        LOCAL,
        /** For all hosts of a network. */
        BROADCAST,
        /** Something that is no host's, or forbidden. */
        OTHER
    }

    HostRoute {
        gateways = List.copyOf(gateways);
    }
}
