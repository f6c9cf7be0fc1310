package dev.pptpd.config;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.address.Ipv6Network;
import dev.pptpd.auth.Account;
import dev.pptpd.auth.LoginHours;
import dev.pptpd.auth.UserSettings;
import dev.pptpd.limit.LimitChanges;
import dev.pptpd.limit.OctetDirection;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What the words of one user amount to, while they are read. */
final class UserState {
    final Arguments arguments;
    final Findings findings;
    final TunnelEnds ends;

    final List<Ipv4Network> routes = new ArrayList<>();
    List<Ipv4Address> dnsServers = List.of();
    List<Ipv4Address> winsServers = List.of();
    OptionalInt mtuBytes = OptionalInt.empty();
    Optional<String> dhcpDomain = Optional.empty();
    final List<Ipv4Network> dhcpRoutes = new ArrayList<>();
    OptionalInt idleSeconds = OptionalInt.empty();
    OptionalInt maxConnectSeconds = OptionalInt.empty();
    OptionalLong maxOctets = OptionalLong.empty();
    Optional<OctetDirection> direction = Optional.empty();
    Optional<Ipv6Network> ipv6Prefix = Optional.empty();
    boolean disabled;
    boolean noDialin;
    boolean passwordExpired;
    Optional<LocalDate> lastDay = Optional.empty();
    final List<LoginHours> hours = new ArrayList<>();

    UserState(Arguments arguments, TunnelEnds ends) {
        this.arguments = arguments;
        this.findings = arguments.findings();
        this.ends = ends;
    }

    UserSettings build() {
        return new UserSettings(
                routes,
                dnsServers,
                winsServers,
                mtuBytes,
                dhcpDomain,
                dhcpRoutes,
                new LimitChanges(idleSeconds, maxConnectSeconds, maxOctets, direction),
                ipv6Prefix,
                new Account(disabled, noDialin, passwordExpired, lastDay, hours));
    }
}
