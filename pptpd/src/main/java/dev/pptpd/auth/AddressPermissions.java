package dev.pptpd.auth;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The addresses that a user may have. The first rule that speaks of an address decides; an address
 * that no rule speaks of is forbidden, so that no rule at all forbids every address.
 */
public record AddressPermissions(List<Rule> rules) {
    /** No address at all: a secrets line without an address column. */
    public static final AddressPermissions NONE = new AddressPermissions(List.of());

    /** Any address: {@code *}. */
    public static final AddressPermissions ANY =
            new AddressPermissions(List.of(new Rule.Network(true, Ipv4Network.ALL)));

    /** More than there are sessions. */
    private static final int MAX_CANDIDATES = 4_096;

    private static final int SMALLEST_WITH_EDGES = 4;

    /** For what holds on every interface. */
    public static final int NO_UNIT = -1;

    public AddressPermissions {
        rules = List.copyOf(rules);
    }

    /** One word of the address columns. */
    public sealed interface Rule {
        /** Whether the addresses that it speaks of are permitted or forbidden. */
        boolean permits();

        /**
         * The addresses that it speaks of on interface {@code ppp<unit>}; none if it has no room.
         */
        Optional<Ipv4Network> network(int unit);

        /** {@code 10.0.0.1}, {@code 10.0.0.0/24}, or one of these behind an exclamation mark. */
        record Network(boolean permits, Ipv4Network network) implements Rule {
            @Override
            public Optional<Ipv4Network> network(int unit) {
                return Optional.of(network);
            }
        }

        /** {@code 10.0.0.0/24+}: in that network the address number {@code unit + 1}. */
        record UnitOfNetwork(boolean permits, Ipv4Network network) implements Rule {
            @Override
            public Optional<Ipv4Network> network(int unit) {
                if (unit < 0 || unit + 1L >= network.size()) {
                    return Optional.empty();
                }
                int address = network.base().value() + unit + 1;
                return Optional.of(Ipv4Network.host(new Ipv4Address(address)));
            }
        }
    }

    /** Whether the user may have the address on interface {@code ppp<unit>}. */
    public boolean permits(Ipv4Address address, int unit) {
        for (Rule rule : rules) {
            if (rule.network(unit).filter(network -> network.contains(address)).isPresent()) {
                return rule.permits();
            }
        }
        return false;
    }

    /** Whether a rule other than {@code *} permits it. */
    public boolean permitsByName(Ipv4Address address, int unit) {
        for (Rule rule : rules) {
            Optional<Ipv4Network> network =
                    rule.network(unit).filter(each -> each.contains(address));
            if (network.isPresent()) {
                return rule.permits() && !network.get().equals(Ipv4Network.ALL);
            }
        }
        return false;
    }

    /**
     * The lowest address of a network that the rules name and permit, of which {@code fits} says
     * yes. No more than {@value #MAX_CANDIDATES} are looked at.
     */
    public Optional<Ipv4Address> first(int unit, Predicate<Ipv4Address> fits) {
        return rules.stream()
                .filter(Rule::permits)
                .flatMap(rule -> rule.network(unit).stream())
                .filter(network -> !network.equals(Ipv4Network.ALL))
                .flatMap(AddressPermissions::hosts)
                .limit(MAX_CANDIDATES)
                .filter(address -> permits(address, unit))
                .filter(fits)
                .findFirst();
    }

    /** Without the network's own address and its broadcast address, where it has these. */
    private static Stream<Ipv4Address> hosts(Ipv4Network network) {
        long edge = network.size() < SMALLEST_WITH_EDGES ? 0 : 1;
        return LongStream.range(edge, network.size() - edge)
                .mapToObj(index -> new Ipv4Address((int) (network.base().value() + index)))
                .filter(Ipv4Address::isHost);
    }

    /** Whether {@code *} permits everything that is not named. */
    public boolean permitAny() {
        return rules.stream()
                .anyMatch(rule ->
                        rule.permits()
                                && rule.network(NO_UNIT)
                                        .filter(Ipv4Network.ALL::equals)
                                        .isPresent());
    }

    /** Whether what the user may have is another thing on another interface. */
    boolean dependsOnUnit() {
        return rules.stream().anyMatch(Rule.UnitOfNetwork.class::isInstance);
    }

    /**
     * The user's own address on interface {@code ppp<unit>}: the first single address in the list.
     * It is for the user even when the address from the pool is not permitted.
     */
    public Optional<Ipv4Address> fixedAddress(int unit) {
        return rules.stream()
                .filter(Rule::permits)
                .flatMap(rule -> rule.network(unit).stream())
                .filter(Ipv4Network::isHost)
                .map(Ipv4Network::base)
                .findFirst();
    }
}
