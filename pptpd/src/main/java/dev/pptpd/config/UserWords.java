package dev.pptpd.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;
import java.util.stream.Collectors;

/** Every word that the server acts on for one user: a line in the table for each. */
final class UserWords {
    private static final Map<String, UserWord> WORDS =
            table().stream()
                    .collect(Collectors.toUnmodifiableMap(UserWord::text, Function.identity()));

    private final List<UserWord> words = new ArrayList<>();

    private UserWords() {}

    private static List<UserWord> table() {
        UserWords table = new UserWords();
        table.addAccount();
        table.addNetwork();
        table.addDhcp();
        table.addLimits();
        table.addEncryption();
        return table.words;
    }

    static Optional<UserWord> find(String text) {
        return Optional.ofNullable(WORDS.get(text));
    }

    static Set<String> texts() {
        return WORDS.keySet();
    }

    private void addAccount() {
        flag("disabled", state -> state.disabled = true);
        flag("no-dialin", state -> state.noDialin = true);
        flag("expired", state -> state.passwordExpired = true);
        argument("valid-until", UserAccount.DAY_EXPECTED, UserAccount::setLastDay);
        argument("hours", UserAccount.HOURS_EXPECTED, UserAccount::addHours);
    }

    private void addNetwork() {
        argument("route", UserRoute.EXPECTED, UserRoute::add);
        argument("ipv6-prefix", UserIpv6Prefix.EXPECTED, UserIpv6Prefix::set);
        argument(
                "ms-dns",
                "the address of a name server",
                (state, option, address) ->
                        state.dnsServers =
                                state.arguments.withNameServer(state.dnsServers, option, address));
        argument(
                "ms-wins",
                "the address of a name server",
                (state, option, address) ->
                        state.winsServers =
                                state.arguments.withNameServer(state.winsServers, option, address));
        number(
                "mtu",
                LcpOptions.MIN_BYTES,
                LcpOptions.MAX_BYTES,
                (state, n) -> state.mtuBytes = OptionalInt.of(n));
    }

    private void addDhcp() {
        argument(
                "dhcp-route",
                DhcpWords.ROUTE_EXPECTED,
                (state, option, network) ->
                        DhcpWords.addRoute(state.dhcpRoutes, network, state.findings));
        argument(
                "dhcp-domain",
                DhcpWords.DOMAIN_EXPECTED,
                (state, option, domain) ->
                        DhcpWords.domain(domain, state.findings)
                                .ifPresent(name -> state.dhcpDomain = Optional.of(name)));
    }

    private void addLimits() {
        number("idle", 0, Integer.MAX_VALUE, (state, n) -> state.idleSeconds = OptionalInt.of(n));
        number(
                "maxconnect",
                0,
                Integer.MAX_VALUE,
                (state, n) -> state.maxConnectSeconds = OptionalInt.of(n));
        argument(
                "maxoctets",
                "a number of octets",
                (state, option, argument) ->
                        state.arguments
                                .longNumber(option, argument, 0, Long.MAX_VALUE)
                                .ifPresent(n -> state.maxOctets = OptionalLong.of(n)));
        argument(
                "mo-direction",
                TunnelWords.directions(),
                (state, option, word) ->
                        TunnelWords.direction(word, state.findings)
                                .ifPresent(found -> state.direction = Optional.of(found)));
        argument("rate-limit", UserRate.EXPECTED, UserRate::set);
    }

    private void flag(String text, Consumer<UserState> action) {
        words.add(
                new UserWord(
                        text, 0, "nothing", (state, option, arguments) -> action.accept(state)));
    }

    private void addEncryption() {
        for (EncryptionWord word : EncryptionWord.all()) {
            words.add(
                    new UserWord(
                            word.text(),
                            word.arguments(),
                            EncryptionWord.EXPECTED,
                            (state, option, arguments) ->
                                    word.action()
                                            .apply(state.encryption(option), option, arguments)));
        }
    }

    /** One word behind the option. */
    @FunctionalInterface
    private interface ArgumentAction {
        void apply(UserState state, Word option, Word argument);
    }

    private void argument(String text, String expected, ArgumentAction action) {
        words.add(
                new UserWord(
                        text,
                        1,
                        expected,
                        (state, option, arguments) ->
                                action.apply(state, option, arguments.getFirst())));
    }

    private void number(String text, int min, int max, ObjIntConsumer<UserState> action) {
        argument(
                text,
                "a number from " + min + " to " + max,
                (state, option, argument) ->
                        state.arguments
                                .number(option, argument, min, max)
                                .ifPresent(number -> action.accept(state, number)));
    }
}
