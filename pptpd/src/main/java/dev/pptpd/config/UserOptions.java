package dev.pptpd.config;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.auth.UserSettings;
import dev.pptpd.config.OptionWord.Effect;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the options of one user, behind {@code --} in a secrets line: {@code route NET/LEN}, a word
 * of ours, and words of pppd. The latter are checked and left alone; those that decide who gets in
 * or what is encrypted are refused.
 */
final class UserOptions {
    private static final String ROUTE = "route";
    private static final String ROUTE_EXPECTED = "a network behind the user, such as 10.2.0.0/16";

    /** Where no network of a site can lie: this network, the host itself, multicast, reserved. */
    private static final List<Ipv4Network> NOBODYS =
            List.of(network("0.0.0.0/8"), network("127.0.0.0/8"), network("224.0.0.0/3"));

    private final List<Word> words;
    private final TunnelEnds ends;
    private final Findings findings;
    private final List<Ipv4Network> routes = new ArrayList<>();
    private boolean warned;

    private UserOptions(List<Word> words, TunnelEnds ends, Findings findings) {
        this.words = words;
        this.ends = ends;
        this.findings = findings;
    }

    private static Ipv4Network network(String text) {
        return Ipv4Network.parse(text).orElseThrow();
    }

    static UserSettings read(List<Word> words, TunnelEnds ends, Findings findings) {
        UserOptions options = new UserOptions(words, ends, findings);
        options.read();
        return new UserSettings(options.routes);
    }

    private void read() {
        int index = 0;
        while (index < words.size()) {
            Word word = words.get(index);
            if (word.is(ROUTE)) {
                index += 2;
                if (index <= words.size()) {
                    addRoute(words.get(index - 1));
                }
                continue;
            }
            Optional<OptionWord> known = OptionTable.find(word.text());
            if (known.isEmpty()) {
                String expected = OptionTable.expectedInsteadOf(word.text(), List.of(ROUTE));
                findings.error(word, "unknown option '" + word.shown() + "' of a user", expected);
                return;
            }
            warnOnce(word);
            check(known.get(), word);
            index += 1 + known.get().arguments();
        }
        if (index > words.size()) {
            Word last = words.getLast();
            String expected = last.is(ROUTE) ? ROUTE_EXPECTED : "a value";
            findings.error(last, "nothing follows '" + last.shown() + "'", expected);
        }
    }

    private void addRoute(Word word) {
        Optional<Ipv4Network> network = Ipv4Network.parse(word.text());
        if (network.isEmpty()) {
            refuse(word, "is not a network", ROUTE_EXPECTED);
        } else {
            addRoute(word, network.get());
        }
    }

    private void addRoute(Word word, Ipv4Network network) {
        Optional<Ipv4Address> end = ends.firstIn(network);
        if (!Ipv4Address.parse(addressOf(word)).equals(Optional.of(network.base()))) {
            refuse(word, "has bits behind its prefix", network.toString());
        } else if (NOBODYS.stream().anyMatch(network::overlaps)) {
            refuse(word, "is more than a network of hosts", ROUTE_EXPECTED);
        } else if (end.isPresent()) {
            String expected = "a network without " + end.get();
            refuse(word, "has addresses of localip or remoteip in it", expected);
        } else if (routes.contains(network)) {
            refuse(word, "is given twice", "each network once");
        } else {
            routes.add(network);
        }
    }

    private static String addressOf(Word word) {
        return word.text().substring(0, word.text().indexOf('/'));
    }

    private void refuse(Word word, String problem, String expected) {
        findings.error(word, "route '" + word.shown() + "' " + problem, expected);
    }

    private void warnOnce(Word word) {
        if (!warned) {
            warned = true;
            String text = "the words behind '--' are not acted on yet, other than " + ROUTE;
            findings.warning(word.place(), "", text);
        }
    }

    private void check(OptionWord known, Word word) {
        switch (known.effect()) {
            case Effect.Guarding(OptionWord.Action _), Effect.Refused(String _) ->
                    findings.error(
                            word,
                            "'" + word.shown() + "' is not possible for one user",
                            "it in the options file, for all users");
            case Effect.Acted(OptionWord.Action _) -> {}
            case Effect.Ignored() -> {}
            case Effect.NotYet() -> {}
            case Effect.Pointless(String _) -> {}
        }
    }
}
