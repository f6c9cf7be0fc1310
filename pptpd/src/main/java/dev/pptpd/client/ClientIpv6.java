package dev.pptpd.client;

import dev.pptpd.address.Ipv6Network;
import dev.pptpd.discovery.RouterAdvertisement;
import dev.pptpd.linux.Ipv6Configuration;
import dev.pptpd.linux.TunDevice;
import dev.pptpd.ppp.ipcp.Ipv4Assignment;
import dev.pptpd.ppp.ipv6cp.InterfaceIdentifier;
import dev.pptpd.ppp.ipv6cp.Ipv6Address;
import dev.pptpd.ppp.ipv6cp.Ipv6Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the device has of IPv6: a link-local address, and one of the prefix that the server
 * advertises. All of it goes with the device. Event loop only.
 */
final class ClientIpv6 {
    /** All unicast addresses that are given out: narrower than a default route that is there. */
    private static final Ipv6Network EVERYWHERE =
            new Ipv6Network(new Ipv6Address(0x2000_0000_0000_0000L, 0), 3);

    private final Surroundings surroundings;
    private final ClientLog log;
    private @Nullable TunDevice device;
    private @Nullable Ipv4Assignment ipv4;
    private Optional<InterfaceIdentifier> identifier = Optional.empty();
    private Optional<RouterAdvertisement> advertisement = Optional.empty();

    ClientIpv6(Surroundings surroundings, ClientLog log) {
        this.surroundings = surroundings;
        this.log = log;
    }

    /** The device is there; IPv6 may have come up before. */
    void attach(TunDevice made, @Nullable Ipv4Assignment addresses) {
        device = made;
        ipv4 = addresses;
        apply();
    }

    /** The device goes. */
    void detach() {
        device = null;
    }

    void onUp(Ipv6Identifiers identifiers) {
        identifier = Optional.of(identifiers.local());
        apply();
    }

    void onAdvertised(RouterAdvertisement heard) {
        advertisement = Optional.of(heard);
        apply();
    }

    /** What the device has already stays as it is. */
    private void apply() {
        TunDevice own = device;
        if (own == null || identifier.isEmpty()) {
            return;
        }
        List<Ipv6Address> addresses = new ArrayList<>(List.of(identifier.get().linkLocal()));
        prefixed().ifPresent(addresses::add);
        boolean leadsAll =
                surroundings.arguments().defaultRoute()
                        && addresses.size() > 1
                        && advertisement.map(RouterAdvertisement::routerSeconds).orElse(0) > 0;
        surroundings
                .devices()
                .addIpv6(
                        own,
                        new Ipv6Configuration(
                                addresses, leadsAll ? List.of(EVERYWHERE) : List.of()),
                        problem ->
                                surroundings
                                        .eventLoop()
                                        .execute(() -> onApplied(own, addresses, problem)));
    }

    private Optional<Ipv6Address> prefixed() {
        return advertisement
                .flatMap(RouterAdvertisement::prefix)
                .flatMap(prefix ->
                        identifier.map(own -> new Ipv6Address(prefix.base().high(), own.value())));
    }

    private void onApplied(TunDevice own, List<Ipv6Address> addresses, Optional<String> problem) {
        if (problem.isPresent()) {
            log.ipv6Failed(own.name(), problem.get());
            return;
        }
        log.ipv6Up(own.name(), addresses);
        Ipv4Assignment other = ipv4;
        List<Ipv6Address> servers = advertisement.map(RouterAdvertisement::dns).orElse(List.of());
        if (other != null && device != null && !servers.isEmpty()) {
            surroundings.resolverFile().ifPresent(file -> file.write(other.dns(), servers));
        }
    }
}
