package dev.pptpd.linux;

import dev.pptpd.address.Ipv6Network;
import dev.pptpd.ppp.ipv6cp.Ipv6Address;
import java.util.List;

/**
 * What a session's TUN device has of IPv6.
 *
 * @param addresses of our end, each with the 64 bits of its link
 * @param routes networks that are reached by the device
 */
public record Ipv6Configuration(List<Ipv6Address> addresses, List<Ipv6Network> routes) {
    /** Copies the lists. */
    public Ipv6Configuration {
        addresses = List.copyOf(addresses);
        routes = List.copyOf(routes);
    }
}
