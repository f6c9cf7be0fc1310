package dev.pptpd.config;

import dev.pptpd.limit.OctetDirection;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The words about the packets in a tunnel, and about how long it may last. */
final class TunnelWords {
    private final WordTable<TunnelState> words = new WordTable<>(state -> state.tunnel);

    private TunnelWords() {}

    static List<OptionWord> all() {
        TunnelWords table = new TunnelWords();
        table.addPackets();
        table.addLimits();
        return table.words.words();
    }

    private void addPackets() {
        words.flag("mssclamp", tunnel -> tunnel.clampsMss = true);
        words.flag("nomssclamp", tunnel -> tunnel.clampsMss = false);
        words.flag("dhcp", tunnel -> tunnel.answersDhcp = true);
        words.flag("nodhcp", tunnel -> tunnel.answersDhcp = false);
        words.word(
                "ipcp-accept-remote",
                (state, option) -> state.tunnel.acceptsRemote = Optional.of(option));
        words.argument(
                "dhcp-route",
                (state, option, network) ->
                        DhcpWords.addRoute(state.tunnel.dhcpRoutes, network, state.findings));
        words.argument(
                "dhcp-domain",
                (state, option, domain) ->
                        DhcpWords.domain(domain, state.findings)
                                .ifPresent(name -> state.tunnel.dhcpDomain = name));
    }

    private void addLimits() {
        words.number("idle", 0, (tunnel, n) -> tunnel.idleSeconds = n);
        words.number("maxconnect", 0, (tunnel, n) -> tunnel.maxConnectSeconds = n);
        words.argument(
                "maxoctets",
                (state, option, argument) ->
                        state.longNumber(option, argument, 0, Long.MAX_VALUE)
                                .ifPresent(number -> state.tunnel.maxOctets = number));
        words.argument(
                "mo-direction",
                (state, option, argument) ->
                        direction(argument, state.findings)
                                .ifPresent(direction -> state.tunnel.direction = direction));
        words.number("mo-timeout", 1, (tunnel, n) -> tunnel.octetsCheckSeconds = n);
    }

    /** What stands behind {@code mo-direction}; nothing, and an error, if it is none. */
    static Optional<OctetDirection> direction(Word word, Findings findings) {
        Optional<OctetDirection> direction =
                Arrays.stream(OctetDirection.values())
                        .filter(each -> word.is(each.word()))
                        .findFirst();
        if (direction.isEmpty()) {
            String problem = "mo-direction '" + word.shown() + "' is not possible";
            findings.error(word, problem, directions());
        }
        return direction;
    }

    static String directions() {
        return Arrays.stream(OctetDirection.values())
                .map(OctetDirection::word)
                .collect(Collectors.joining(", ", "one of ", ""));
    }
}
