package dev.pptpd.config;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.address.Ipv6Network;
import dev.pptpd.auth.Account;
import dev.pptpd.auth.LoginHours;
import dev.pptpd.auth.UserSettings;
import dev.pptpd.limit.LimitChanges;
import dev.pptpd.limit.OctetDirection;
import dev.pptpd.limit.RateLimits;
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
    Optional<RateLimits> rates = Optional.empty();
    Optional<Ipv6Network> ipv6Prefix = Optional.empty();
    boolean disabled;
    boolean noDialin;
    boolean passwordExpired;
    Optional<LocalDate> lastDay = Optional.empty();
    final List<LoginHours> hours = new ArrayList<>();
    private final EncryptionState ofAll;
    private Optional<EncryptionState> encryption = Optional.empty();
    private Place place = Place.COMMAND_LINE;

    /** {@code ofAll} is the encryption of users who have no words about it. */
    UserState(Arguments arguments, TunnelEnds ends, EncryptionState ofAll) {
        this.arguments = arguments;
        this.findings = arguments.findings();
        this.ends = ends;
        this.ofAll = ofAll;
    }

    /** The encryption of this user, which begins as that of all, for {@code option} to change. */
    EncryptionState encryption(Word option) {
        EncryptionState own = encryption.orElseGet(ofAll::copy);
        encryption = Optional.of(own);
        place = option.place();
        return own;
    }

    UserSettings build() {
        return new UserSettings(
                routes,
                dnsServers,
                winsServers,
                mtuBytes,
                dhcpDomain,
                dhcpRoutes,
                new LimitChanges(
                        idleSeconds,
                        maxConnectSeconds,
                        maxOctets,
                        direction,
                        rates.orElse(RateLimits.NONE)),
                ipv6Prefix,
                new Account(disabled, noDialin, passwordExpired, lastDay, hours),
                encryption.map(own -> own.build(place)));
    }
}
