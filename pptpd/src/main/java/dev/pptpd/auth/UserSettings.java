package dev.pptpd.auth;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.util.List;
import java.util.OptionalInt;

/**
 * What a secrets line settles for its user alone, behind {@code --}. An empty value leaves to the
 * options file what holds.
 *
 * @param routes the networks behind this user's end, to be routed through the tunnel
 * @param dnsServers at most two, the first one primary
 * @param winsServers at most two, the first one primary
 * @param mtuBytes the largest IP packet towards the user, 128 to 1500
 */
public record UserSettings(
        List<Ipv4Network> routes,
        List<Ipv4Address> dnsServers,
        List<Ipv4Address> winsServers,
        OptionalInt mtuBytes) {
    /** Nothing of its own. */
    public static final UserSettings NONE =
            new UserSettings(List.of(), List.of(), List.of(), OptionalInt.empty());

    /** Copies the lists. */
    public UserSettings {
        routes = List.copyOf(routes);
        dnsServers = List.copyOf(dnsServers);
        winsServers = List.copyOf(winsServers);
    }

    /** The same with other networks behind the user. */
    public UserSettings withRoutes(List<Ipv4Network> networks) {
        return new UserSettings(networks, dnsServers, winsServers, mtuBytes);
    }
}
