package dev.pptpd.linux;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.util.Optional;

/**
 * How the kernel would send a packet to an address now.
 *
 * @param destination the address that was asked for
 * @param isLocal whether it is an address of this host
 * @param interfaceIndex the device that the packet leaves by
 * @param gateway the neighbour it is given to; empty when the destination is one itself
 * @param source the address of ours that it would carry
 */
public record RouteLookup(
        Ipv4Address destination,
        boolean isLocal,
        int interfaceIndex,
        Optional<Ipv4Address> gateway,
        Optional<Ipv4Address> source) {
    /**
     * The route that keeps this address where it goes now, whatever becomes of the default route:
     * for the server of a tunnel, whose packets must not enter the tunnel.
     */
    public Ipv4Route pinned() {
        return new Ipv4Route(Ipv4Network.host(destination), interfaceIndex, gateway);
    }
}
