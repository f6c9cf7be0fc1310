package dev.pptpd.config;

import dev.pptpd.address.Ipv6Network;
import dev.pptpd.ppp.ipv6cp.Ipv6Address;
import java.util.Optional;

/** Reads {@code ipv6-prefix NET/64}: what is routed to one user of IPv6. */
final class UserIpv6Prefix {
    static final String EXPECTED = "a prefix of 64 bits, such as 2001:db8:0:7::/64";

    private UserIpv6Prefix() {}

    static void set(UserState state, Word option, Word word) {
        Optional<Ipv6Network> network =
                Ipv6Network.parse(word.text())
                        .filter(prefix -> prefix.prefixBits() == Ipv6Network.LINK_BITS)
                        .filter(Ipv6Keys::isRoutable)
                        .filter(prefix -> isBase(prefix, word.text()));
        if (network.isEmpty()) {
            String problem = option.shown() + " '" + word.shown() + "' is not possible";
            state.findings.error(word, problem, EXPECTED);
        }
        state.ipv6Prefix = network;
    }

    private static boolean isBase(Ipv6Network prefix, String text) {
        String address = text.substring(0, text.indexOf('/'));
        return Ipv6Address.parse(address).equals(Optional.of(prefix.base()));
    }
}
