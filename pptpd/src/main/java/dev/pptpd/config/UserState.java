package dev.pptpd.config;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.auth.UserSettings;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** What the words of one user amount to, while they are read. */
final class UserState {
    final Arguments arguments;
    final Findings findings;
    final TunnelEnds ends;

    final List<Ipv4Network> routes = new ArrayList<>();
    List<Ipv4Address> dnsServers = List.of();
    List<Ipv4Address> winsServers = List.of();
    OptionalInt mtuBytes = OptionalInt.empty();

    UserState(Arguments arguments, TunnelEnds ends) {
        this.arguments = arguments;
        this.findings = arguments.findings();
        this.ends = ends;
    }

    UserSettings build() {
        return new UserSettings(routes, dnsServers, winsServers, mtuBytes);
    }
}
