package dev.pptpd.config;

import dev.pptpd.config.OptionWord.Effect;
import dev.pptpd.limit.OctetDirection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import java.util.stream.Collectors;

/** The words about the packets in a tunnel, and about how long it may last. */
final class TunnelWords {
    private final List<OptionWord> words = new ArrayList<>();

    private TunnelWords() {}

    static List<OptionWord> all() {
        TunnelWords table = new TunnelWords();
        table.addPackets();
        table.addLimits();
        return table.words;
    }

    private void addPackets() {
        flag("mssclamp", tunnel -> tunnel.clampsMss = true);
        flag("nomssclamp", tunnel -> tunnel.clampsMss = false);
        flag("dhcp", tunnel -> tunnel.answersDhcp = true);
        flag("nodhcp", tunnel -> tunnel.answersDhcp = false);
        argument(
                "dhcp-route",
                (state, option, network) ->
                        DhcpWords.addRoute(state.tunnel.dhcpRoutes, network, state.findings));
        argument(
                "dhcp-domain",
                (state, option, domain) ->
                        DhcpWords.domain(domain, state.findings)
                                .ifPresent(name -> state.tunnel.dhcpDomain = name));
    }

    private void addLimits() {
        seconds("idle", 0, (tunnel, n) -> tunnel.idleSeconds = n);
        seconds("maxconnect", 0, (tunnel, n) -> tunnel.maxConnectSeconds = n);
        argument(
                "maxoctets",
                (state, option, argument) ->
                        state.longNumber(option, argument, 0, Long.MAX_VALUE)
                                .ifPresent(number -> state.tunnel.maxOctets = number));
        argument(
                "mo-direction",
                (state, option, argument) ->
                        direction(argument, state.findings)
                                .ifPresent(direction -> state.tunnel.direction = direction));
        seconds("mo-timeout", 1, (tunnel, n) -> tunnel.octetsCheckSeconds = n);
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

    /** One word behind the option. */
    @FunctionalInterface
    private interface ArgumentAction {
        void apply(OptionState state, Word option, Word argument);
    }

    private void flag(String text, Consumer<TunnelState> action) {
        words.add(
                new OptionWord(
                        text,
                        0,
                        new Effect.Acted(
                                (state, option, arguments) -> action.accept(state.tunnel))));
    }

    private void argument(String text, ArgumentAction action) {
        words.add(
                new OptionWord(
                        text,
                        1,
                        new Effect.Acted((state, option, arguments) ->
                                action.apply(state, option, arguments.getFirst()))));
    }

    private void seconds(String text, int min, ObjIntConsumer<TunnelState> action) {
        argument(
                text,
                (state, option, argument) ->
                        state.number(option, argument, min, Integer.MAX_VALUE)
                                .ifPresent(number -> action.accept(state.tunnel, number)));
    }
}
