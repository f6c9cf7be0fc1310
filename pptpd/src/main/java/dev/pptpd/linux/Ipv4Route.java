package dev.pptpd.linux;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.util.Optional;

/**
 * A unicast route of the main table, with metric 0.
 *
 * @param destination where it leads; 0.0.0.0/0 for the default route
 * @param interfaceIndex the kernel's number of the device that packets leave by
 * @param gateway the neighbour they are given to; empty when the device itself knows the way, as a
 *     TUN device does
 */
public record Ipv4Route(
        Ipv4Network destination, int interfaceIndex, Optional<Ipv4Address> gateway) {
    /** A route via a device alone. */
    public static Ipv4Route viaDevice(Ipv4Network destination, int interfaceIndex) {
        return new Ipv4Route(destination, interfaceIndex, Optional.empty());
    }

    /** A route via a neighbour on a device. */
    public static Ipv4Route viaGateway(
            Ipv4Network destination, Ipv4Address gateway, int interfaceIndex) {
        return new Ipv4Route(destination, interfaceIndex, Optional.of(gateway));
    }

    @Override
    public String toString() {
        return destination
                + gateway.map(address -> " via " + address).orElse("")
                + " dev #"
                + interfaceIndex;
    }
}
