package dev.pptpd.session;

import dev.pptpd.address.Ipv6Network;
import dev.pptpd.discovery.Ipv6Role;
import dev.pptpd.discovery.RouterAdvertisement;
import dev.pptpd.linux.Ipv6Configuration;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import dev.pptpd.ppp.ipv6cp.InterfaceIdentifier;
import dev.pptpd.ppp.ipv6cp.Ipv6cpConfiguration;
import dev.pptpd.ppp.link.LinkConfiguration;
import dev.pptpd.ppp.link.NetworkConfiguration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What a session's IPv6 is made of: our identifier before the link begins, the rest later. */
final class SessionIpv6 {
    /** IPv6 is not for smaller ones (RFC 8200 section 5). */
    private static final int MIN_MTU_BYTES = 1_280;

    private static final int ROUTER_SECONDS = 1_800;

    private SessionIpv6() {}

    /**
     * The link of a session: where it carries IPv6, our interface identifier is drawn beforehand,
     * so that the device has the address before the client hears of it.
     */
    static LinkConfiguration link(
            SessionSettings settings, AddressPool.Lease lease, RandomGenerator entropy) {
        NetworkConfiguration network = settings.link().network();
        if (network.ipv6().isEmpty()) {
            return settings.link();
        }
        Optional<Ipv6cpConfiguration> own =
                network.ipv6().map(common -> own(common, settings.ipv6(), lease, entropy));
        return settings.link()
                .with(new NetworkConfiguration(network.vj(), own, network.ipv6cpTimer()));
    }

    private static Ipv6cpConfiguration own(
            Ipv6cpConfiguration common,
            Ipv6Settings settings,
            AddressPool.Lease lease,
            RandomGenerator entropy) {
        if (settings.identifiersFromIpv4()) {
            return new Ipv6cpConfiguration(
                    Optional.of(identifier(lease.local())),
                    Optional.of(identifier(lease.remote())),
                    common.acceptsLocal(),
                    common.acceptsRemote());
        }
        InterfaceIdentifier taken = common.remote().orElse(InterfaceIdentifier.NONE);
        return common.withLocal(
                common.local().orElseGet(() -> InterfaceIdentifier.random(entropy, taken)));
    }

    private static InterfaceIdentifier identifier(Ipv4Address address) {
        return new InterfaceIdentifier(Integer.toUnsignedLong(address.value()));
    }

    /** The prefix of a session: the user's own, or that of its slot. */
    static Optional<Ipv6Network> prefix(SessionEntry entry, Ipv6Settings settings) {
        return entry.settings
                .ipv6Prefix()
                .or(() -> settings.prefixes().map(all -> all.link(entry.lease().slot())));
    }

    /** What the device gets of it: an address of the link, and the way to the prefix. */
    static Ipv6Configuration device(InterfaceIdentifier local, Optional<Ipv6Network> prefix) {
        return new Ipv6Configuration(
                List.of(local.linkLocal()), prefix.map(List::of).orElse(List.of()));
    }

    /** What the worker does of it. */
    static Ipv6Role role(Optional<Ipv6Network> prefix, Ipv6Settings settings, int mtuBytes) {
        int advertisedMtu = mtuBytes < MIN_MTU_BYTES ? 0 : mtuBytes;
        return new Ipv6Role.Router(
                prefix,
                prefix.map(network ->
                        new RouterAdvertisement(
                                ROUTER_SECONDS,
                                Optional.of(network),
                                advertisedMtu,
                                settings.dns())));
    }
}
