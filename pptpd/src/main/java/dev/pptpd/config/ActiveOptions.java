package dev.pptpd.config;

import dev.pptpd.config.OptionWord.Action;
import dev.pptpd.config.OptionWord.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;

/** The words of pppd that the server acts on. */
final class ActiveOptions {
    /** A day: no timer of a negotiation is meant to take longer. */
    private static final int MAX_TIMER_SECONDS = 86_400;

    private static final int MAX_COUNT = 1000;

    private final List<OptionWord> words = new ArrayList<>();

    private ActiveOptions() {}

    static List<OptionWord> all() {
        ActiveOptions options = new ActiveOptions();
        options.addAuthentication();
        options.addEncryption();
        options.addLink();
        options.addEcho();
        options.addNegotiationLimits();
        options.addLoginLimits();
        options.addSession();
        return options.words;
    }

    private void addAuthentication() {
        argument("name", (state, option, name) -> state.name = name.text());
        argument("domain", (state, option, domain) -> state.domain = domain.text());
        flag("usehostname", state -> state.useHostName = true);
        guard("auth", (state, option) -> setAuth(state, true));
        guard("noauth", (state, option) -> setAuth(state, false));
        for (AuthenticationMethod method : AuthenticationMethod.values()) {
            for (String prefix : List.of("require-", "+")) {
                guard(
                        prefix + method.word(),
                        (state, option) -> state.required.put(method, option));
            }
            for (String prefix : List.of("refuse-", "-")) {
                guard(prefix + method.word(), (state, option) -> state.refused.put(method, option));
            }
        }
        guard("chapms-strip-domain", (state, option) -> state.stripDomain = true);
        guard("strip-realm", (state, option) -> state.stripRealm = true);
        argument("pap-secrets", (state, option, file) -> state.papSecrets = Optional.of(file));
        argument("chap-secrets", (state, option, file) -> state.chapSecrets = Optional.of(file));
    }

    private static void setAuth(OptionState state, boolean required) {
        state.auth = required;
        state.noauth = !required;
    }

    private void addEncryption() {
        for (EncryptionWord word : EncryptionWord.all()) {
            Action action =
                    (state, option, arguments) ->
                            word.action().apply(state.encryption, option, arguments);
            add(word.text(), word.arguments(), new Effect.Guarding(action));
        }
    }

    private void addLink() {
        argument(
                "mtu",
                (state, option, argument) ->
                        packetBytes(state, option, argument).ifPresent(bytes -> state.mtu = bytes));
        argument("mru", ActiveOptions::setMru);
        for (String word : List.of("default-mru", "-mru")) {
            flag(
                    word,
                    state -> {
                        state.mru = LcpOptions.MAX_BYTES;
                        state.negotiatesMru = false;
                    });
        }
        argument("asyncmap", ActiveOptions::setAsyncMap);
        for (String word : List.of("default-asyncmap", "-am")) {
            flag(word, state -> state.negotiatesAsyncMap = false);
        }
        for (String word : List.of("nomagic", "-mn")) {
            flag(word, state -> state.magicNumber = false);
        }
        for (String word : List.of("nopcomp", "-pc")) {
            flag(word, state -> state.protocolFieldCompression = false);
        }
        for (String word : List.of("noaccomp", "-ac")) {
            flag(word, state -> state.addressAndControlFieldCompression = false);
        }
    }

    private static void setMru(OptionState state, Word option, Word argument) {
        packetBytes(state, option, argument).ifPresent(bytes -> state.mru = bytes);
        state.negotiatesMru = true;
    }

    /** pppd takes up to 16384; a tunnel over Ethernet carries no packet above 1500. */
    private static OptionalInt packetBytes(OptionState state, Word option, Word argument) {
        final int pppdMaximum = 16_384;
        OptionalInt bytes = state.number(option, argument, LcpOptions.MIN_BYTES, pppdMaximum);
        if (bytes.orElse(0) <= LcpOptions.MAX_BYTES) {
            return bytes;
        }
        String said = option.shown() + " " + argument.shown();
        state.findings.warning(
                argument,
                said + " is more than a tunnel carries; " + LcpOptions.MAX_BYTES + " is used");
        return OptionalInt.of(LcpOptions.MAX_BYTES);
    }

    private static void setAsyncMap(OptionState state, Word option, Word map) {
        if (map.text().matches("(0[xX])?[0-9a-fA-F]{1,8}")) {
            state.asyncMap = Integer.parseUnsignedInt(map.text().replaceFirst("0[xX]", ""), 16);
            state.negotiatesAsyncMap = true;
        } else {
            String problem = "asyncmap '" + map.shown() + "' is not a map of characters";
            state.findings.error(map, problem, "up to 8 hex digits, 0 for none");
        }
    }

    private void addEcho() {
        number(
                "lcp-echo-interval",
                0,
                MAX_TIMER_SECONDS,
                (state, n) -> state.echoIntervalSeconds = n);
        number("lcp-echo-failure", 0, MAX_COUNT, (state, n) -> state.echoFailures = n);
        flag("lcp-echo-adaptive", state -> state.echoAdaptive = true);
        flag("cbcp", state -> state.answersCallback = true);
        flag("nocallback", state -> state.answersCallback = false);
    }

    private void addNegotiationLimits() {
        addLimits("lcp", state -> state.lcp);
        addLimits("ipcp", state -> state.ipcp);
        addLimits("ccp", state -> state.ccp);
        addLimits("ipv6cp", state -> state.network.ipv6cp);
    }

    private void addLimits(String automaton, Function<OptionState, OptionState.Limits> of) {
        number(
                automaton + "-restart",
                1,
                MAX_TIMER_SECONDS,
                (state, n) -> of.apply(state).restartSeconds = n);
        number(
                automaton + "-max-configure",
                1,
                MAX_COUNT,
                (state, n) -> of.apply(state).maxConfigure = n);
        number(
                automaton + "-max-failure",
                1,
                MAX_COUNT,
                (state, n) -> of.apply(state).maxFailure = n);
        number(
                automaton + "-max-terminate",
                1,
                MAX_COUNT,
                (state, n) -> of.apply(state).maxTerminate = n);
    }

    private void addLoginLimits() {
        number("chap-restart", 1, MAX_TIMER_SECONDS, (state, n) -> state.chapRestartSeconds = n);
        number("chap-max-challenge", 1, MAX_COUNT, (state, n) -> state.chapMaxChallenges = n);
        number("chap-timeout", 0, MAX_TIMER_SECONDS, (state, n) -> state.chapTimeoutSeconds = n);
        number("chap-interval", 0, MAX_TIMER_SECONDS, (state, n) -> state.chapIntervalSeconds = n);
        number("pap-restart", 1, MAX_TIMER_SECONDS, (state, n) -> state.papRestartSeconds = n);
        number("pap-max-authreq", 1, MAX_COUNT, (state, n) -> state.papMaxRequests = n);
        number("pap-timeout", 0, MAX_TIMER_SECONDS, (state, n) -> state.papTimeoutSeconds = n);
    }

    private void addSession() {
        for (String word : List.of("ms-dns", "dns-addr")) {
            argument(word, (state, option, address) -> state.addDnsServer(option, address));
        }
        for (String word : List.of("ms-wins", "wins-addr")) {
            argument(word, (state, option, address) -> state.addWinsServer(option, address));
        }
        for (String word : List.of("debug", "-d")) {
            flag(word, state -> state.debug = true);
        }
    }

    /** One word behind the option. */
    @FunctionalInterface
    private interface ArgumentAction {
        void apply(OptionState state, Word option, Word argument);
    }

    private void flag(String text, Consumer<OptionState> action) {
        add(text, 0, new Effect.Acted((state, option, arguments) -> action.accept(state)));
    }

    private void argument(String text, ArgumentAction action) {
        Action acted =
                (state, option, arguments) -> action.apply(state, option, arguments.getFirst());
        add(text, 1, new Effect.Acted(acted));
    }

    private void number(String text, int min, int max, ObjIntConsumer<OptionState> action) {
        argument(
                text,
                (state, option, argument) ->
                        state.number(option, argument, min, max)
                                .ifPresent(number -> action.accept(state, number)));
    }

    private void guard(String text, BiConsumer<OptionState, Word> action) {
        add(
                text,
                0,
                new Effect.Guarding((state, option, arguments) -> action.accept(state, option)));
    }

    private void add(String text, int arguments, Effect effect) {
        words.add(new OptionWord(text, arguments, effect));
    }
}
