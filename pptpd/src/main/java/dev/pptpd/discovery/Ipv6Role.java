package dev.pptpd.discovery;

import dev.pptpd.address.Ipv6Network;
import java.util.Optional;

/** Which end of a tunnel we are to IPv6. */
public sealed interface Ipv6Role {
    /**
     * The router of the far end.
     *
     * @param prefix what is routed to the far end; nothing leaves it its link-local address
     * @param advertisement what it is told of that; empty for nothing
     */
    record Router(Optional<Ipv6Network> prefix, Optional<RouterAdvertisement> advertisement)
            implements Ipv6Role {}

    /** A host whose router is the far end. */
    record Host() implements Ipv6Role {}
}
