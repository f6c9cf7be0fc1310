package dev.pptpd.session;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.auth.ChapSecrets;
import dev.pptpd.config.AddressSlots;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Addresses that no client gets by asking, also while nobody has them.
 *
 * @param ofUsers those that some user has as his own, whatever the interface
 * @param ofUnits those that some user has as his own on one of the interfaces
 * @param ofNameServers those of the name servers that clients are told
 * @param behindUsers the networks that are routed to some user
 */
public record KeptAddresses(
        Set<Ipv4Address> ofUsers,
        Set<Ipv4Address> ofUnits,
        Set<Ipv4Address> ofNameServers,
        Set<Ipv4Network> behindUsers) {
    /** None. */
    public static final KeptAddresses NONE =
            new KeptAddresses(Set.of(), Set.of(), Set.of(), Set.of());

    /** Copies the sets. */
    public KeptAddresses {
        ofUsers = Set.copyOf(ofUsers);
        ofUnits = Set.copyOf(ofUnits);
        ofNameServers = Set.copyOf(ofNameServers);
        behindUsers = Set.copyOf(behindUsers);
    }

    /**
     * What the files say.
     *
     * @param files all lines of users
     * @param nameServers those that all users are told
     */
    public static KeptAddresses of(
            List<ChapSecrets> files, AddressSlots slots, List<Ipv4Address> nameServers) {
        Set<Ipv4Address> ofUsers = new HashSet<>();
        Set<Ipv4Address> ofUnits = new HashSet<>();
        Set<Ipv4Address> ofNameServers = new HashSet<>(nameServers);
        Set<Ipv4Network> behindUsers = new HashSet<>();
        for (ChapSecrets file : files) {
            ofUsers.addAll(file.fixedAddresses());
            ofUnits.addAll(file.fixedAddresses(slots.size()));
            ofNameServers.addAll(file.nameServers());
            behindUsers.addAll(file.routes());
        }
        return new KeptAddresses(ofUsers, ofUnits, ofNameServers, behindUsers);
    }

    boolean isOfUser(Ipv4Address address) {
        return ofUsers.contains(address) || ofUnits.contains(address);
    }

    /**
     * Whether the address is routed to other users, of whose hosts it may be one. Where networks
     * lie in each other, the smallest has the address, as in the kernel's routing table.
     *
     * @param own the networks that are routed to the user himself
     */
    boolean isBehindAnotherUser(Ipv4Address address, List<Ipv4Network> own) {
        return behindUsers.stream()
                .filter(network -> network.contains(address))
                .max(Comparator.comparingInt(Ipv4Network::prefixBits))
                .filter(network -> !own.contains(network))
                .isPresent();
    }
}
