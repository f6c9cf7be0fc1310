package dev.pptpd.config;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.dhcp.DhcpRoutes;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what stands behind {@code dhcp-route} and {@code dhcp-domain}, for all or for one user. */
final class DhcpWords {
    static final String ROUTE_EXPECTED =
            "a network to reach through the tunnel, such as 10.1.0.0/16";
    static final String DOMAIN_EXPECTED = "a domain such as example.com";

    private static final int MAX_DOMAIN_CHARACTERS = 253;
    private static final String LABEL = "[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?";

    private DhcpWords() {}

    /** Adds a network to those that were read before. */
    static void addRoute(List<Ipv4Network> routes, Word word, Findings findings) {
        Optional<Ipv4Network> network = Ipv4Network.parse(word.text());
        if (network.isEmpty()) {
            refuse(word, "is not a network", ROUTE_EXPECTED, findings);
        } else {
            addRoute(routes, network.get(), word, findings);
        }
    }

    private static void addRoute(
            List<Ipv4Network> routes, Ipv4Network network, Word word, Findings findings) {
        String address = word.text().substring(0, word.text().indexOf('/'));
        List<Ipv4Network> all = new ArrayList<>(routes);
        all.add(network);
        if (!Ipv4Address.parse(address).equals(Optional.of(network.base()))) {
            refuse(word, "has bits behind its prefix", network.toString(), findings);
        } else if (routes.contains(network)) {
            refuse(word, "is given twice", "each network once", findings);
        } else if (DhcpRoutes.octets(all) > DhcpRoutes.MAX_OCTETS) {
            String expected = "fewer networks, with shorter prefixes";
            refuse(word, "is one more than an answer holds", expected, findings);
        } else {
            routes.add(network);
        }
    }

    private static void refuse(Word word, String problem, String expected, Findings findings) {
        findings.error(word, "dhcp-route '" + word.shown() + "' " + problem, expected);
    }

    /** The domain; nothing, and an error, if it is none. */
    static Optional<String> domain(Word word, Findings findings) {
        if (isDomain(word.text())) {
            return Optional.of(word.text());
        }
        findings.error(word, "dhcp-domain '" + word.shown() + "' is no domain", DOMAIN_EXPECTED);
        return Optional.empty();
    }

    static boolean isDomain(String text) {
        return text.length() <= MAX_DOMAIN_CHARACTERS
                && text.matches(LABEL + "(\\." + LABEL + ")*");
    }
}
