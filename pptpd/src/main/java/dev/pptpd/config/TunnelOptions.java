package dev.pptpd.config;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.limit.SessionLimits;
import java.util.List;

/**
 * What becomes of the packets in a tunnel, and of the tunnel.
 *
 * @param clampsMss whether TCP connections are kept to segments that fit
 * @param answersDhcp whether a client's DHCPINFORM is answered; else it goes to the host
 * @param grantsAskedAddress whether a client may have an address that it asks for, where its line
 *     in the secrets file permits it
 * @param dhcpDomain the domain that clients are told; empty for none
 * @param dhcpRoutes the networks that clients are told to reach through the tunnel
 */
public record TunnelOptions(
        boolean clampsMss,
        boolean answersDhcp,
        boolean grantsAskedAddress,
        String dhcpDomain,
        List<Ipv4Network> dhcpRoutes,
        SessionLimits limits) {
    /** When no word says otherwise. */
    public static final TunnelOptions DEFAULT =
            new TunnelOptions(true, true, false, "", List.of(), SessionLimits.NONE);

    /** Copies the list. */
    public TunnelOptions {
        dhcpRoutes = List.copyOf(dhcpRoutes);
    }
}
