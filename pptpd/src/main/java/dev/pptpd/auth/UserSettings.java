package dev.pptpd.auth;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.address.Ipv6Network;
import dev.pptpd.limit.LimitChanges;
import dev.pptpd.ppp.ccp.MppeConfiguration;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a secrets line settles for its user alone, behind {@code --}. An empty value leaves to the
 * options file what holds.
 *
 * @param routes the networks behind this user's end, to be routed through the tunnel
 * @param dnsServers at most two, the first one primary
 * @param winsServers at most two, the first one primary
 * @param mtuBytes the largest IP packet towards the user, 128 to 1500
 * @param dhcpDomain the domain that the user's host is told
 * @param dhcpRoutes the networks that the user's host is told to reach through the tunnel
 * @param ipv6Prefix what is routed to this user of IPv6, 64 bits long
 * @param account whether and when the user may log in
 * @param encryption whether and how this user's data is encrypted and compressed
 */
public record UserSettings(
        List<Ipv4Network> routes,
        List<Ipv4Address> dnsServers,
        List<Ipv4Address> winsServers,
        OptionalInt mtuBytes,
        Optional<String> dhcpDomain,
        List<Ipv4Network> dhcpRoutes,
        LimitChanges limits,
        Optional<Ipv6Network> ipv6Prefix,
        Account account,
        Optional<MppeConfiguration> encryption) {
    /** Nothing of its own. */
    public static final UserSettings NONE =
            new UserSettings(
                    List.of(),
                    List.of(),
                    List.of(),
                    OptionalInt.empty(),
                    Optional.empty(),
                    List.of(),
                    LimitChanges.NONE,
                    Optional.empty(),
                    Account.OPEN,
                    Optional.empty());

    /** Copies the lists. */
    public UserSettings {
        routes = List.copyOf(routes);
        dnsServers = List.copyOf(dnsServers);
        winsServers = List.copyOf(winsServers);
        dhcpRoutes = List.copyOf(dhcpRoutes);
    }

    /** The same with another account. */
    UserSettings with(Account other) {
        return new UserSettings(
                routes,
                dnsServers,
                winsServers,
                mtuBytes,
                dhcpDomain,
                dhcpRoutes,
                limits,
                ipv6Prefix,
                other,
                encryption);
    }

    /** The same with other networks behind the user. */
    public UserSettings withRoutes(List<Ipv4Network> networks) {
        return new UserSettings(
                networks,
                dnsServers,
                winsServers,
                mtuBytes,
                dhcpDomain,
                dhcpRoutes,
                limits,
                ipv6Prefix,
                account,
                encryption);
    }

    /** The same with an encryption of the user's own. */
    public UserSettings withEncryption(MppeConfiguration own) {
        return new UserSettings(
                routes,
                dnsServers,
                winsServers,
                mtuBytes,
                dhcpDomain,
                dhcpRoutes,
                limits,
                ipv6Prefix,
                account,
                Optional.of(own));
    }
}
