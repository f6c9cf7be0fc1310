package dev.pptpd.config;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.util.List;
import java.util.Optional;

/** Reads {@code route NET/LEN}: a network behind a user's end of the tunnel. */
final class UserRoute {
    static final String EXPECTED = "a network behind the user, such as 10.2.0.0/16";

    /** Where no network of a site can lie: this network, the host itself, multicast, reserved. */
    private static final List<Ipv4Network> NOBODYS =
            List.of(network("0.0.0.0/8"), network("127.0.0.0/8"), network("224.0.0.0/3"));

    private UserRoute() {}

    private static Ipv4Network network(String text) {
        return Ipv4Network.parse(text).orElseThrow();
    }

    static void add(UserState state, Word option, Word word) {
        Optional<Ipv4Network> network = Ipv4Network.parse(word.text());
        if (network.isEmpty()) {
            refuse(state, word, "is not a network", EXPECTED);
        } else {
            add(state, word, network.get());
        }
    }

    private static void add(UserState state, Word word, Ipv4Network network) {
        Optional<Ipv4Address> end = state.ends.firstIn(network);
        if (!Ipv4Address.parse(addressOf(word)).equals(Optional.of(network.base()))) {
            refuse(state, word, "has bits behind its prefix", network.toString());
        } else if (NOBODYS.stream().anyMatch(network::overlaps)) {
            refuse(state, word, "is more than a network of hosts", EXPECTED);
        } else if (end.isPresent()) {
            String expected = "a network without " + end.get();
            refuse(state, word, "has addresses of localip or remoteip in it", expected);
        } else if (state.routes.contains(network)) {
            refuse(state, word, "is given twice", "each network once");
        } else {
            state.routes.add(network);
        }
    }

    private static String addressOf(Word word) {
        return word.text().substring(0, word.text().indexOf('/'));
    }

    private static void refuse(UserState state, Word word, String problem, String expected) {
        state.findings.error(word, "route '" + word.shown() + "' " + problem, expected);
    }
}
