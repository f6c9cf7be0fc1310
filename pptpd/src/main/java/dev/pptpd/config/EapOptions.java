package dev.pptpd.config;

import dev.pptpd.auth.TlsCredentials;
import dev.pptpd.config.OptionWord.Action;
import dev.pptpd.config.OptionWord.Effect;
import dev.pptpd.ppp.eap.EapMethod;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The words of EAP: those of pppd, and {@code eap-methods}, which is ours. */
final class EapOptions {
    private static final int MAX_SECONDS = 86_400;
    private static final int MAX_COUNT = 1000;

    /** What the words read so far amount to. */
    static final class State {
        int restartSeconds = EapPolicy.DEFAULT_RESTART_SECONDS;
        int maxRequests = EapPolicy.DEFAULT_MAX_REQUESTS;
        int intervalSeconds;
        Optional<Word> methodsWord = Optional.empty();
        List<EapMethod> methods = List.of();
        Optional<Word> certificate = Optional.empty();
        Optional<Word> key = Optional.empty();
        Optional<Word> authority = Optional.empty();
        Optional<Word> authorities = Optional.empty();
        Optional<Word> revocations = Optional.empty();
        Optional<Word> revocationLists = Optional.empty();
        boolean knowsTls13 = true;

        EapPolicy policy(List<EapMethod> usable, Optional<TlsCredentials> credentials) {
            return new EapPolicy(usable, restartSeconds, maxRequests, intervalSeconds, credentials);
        }

        /** Whether anything is said about certificates. */
        boolean wantsTls() {
            return certificate.isPresent() || key.isPresent();
        }
    }

    private EapOptions() {}

    static List<OptionWord> all() {
        return List.of(
                number("eap-restart", 1, MAX_SECONDS, (eap, n) -> eap.restartSeconds = n),
                number("eap-max-sreq", 1, MAX_COUNT, (eap, n) -> eap.maxRequests = n),
                number("eap-interval", 0, MAX_SECONDS, (eap, n) -> eap.intervalSeconds = n),
                argument("eap-methods", EapOptions::setMethods),
                file("cert", (eap, word) -> eap.certificate = Optional.of(word)),
                file("key", (eap, word) -> eap.key = Optional.of(word)),
                file("ca", (eap, word) -> eap.authority = Optional.of(word)),
                file("capath", (eap, word) -> eap.authorities = Optional.of(word)),
                file("crl", (eap, word) -> eap.revocations = Optional.of(word)),
                file("crl-dir", (eap, word) -> eap.revocationLists = Optional.of(word)),
                argument("max-tls-version", EapOptions::setVersion));
    }

    private static void setMethods(OptionState state, Word option, List<Word> arguments) {
        Word list = arguments.getFirst();
        List<EapMethod> methods = new ArrayList<>();
        for (String word : list.text().split(",", -1)) {
            Optional<EapMethod> method = EapMethod.ofWord(word);
            if (method.isEmpty() || methods.contains(method.get())) {
                String known =
                        Arrays.stream(EapMethod.values())
                                .map(EapMethod::word)
                                .collect(Collectors.joining(","));
                String problem = "eap-methods has '" + Word.shown(word) + "'";
                state.findings.error(list, problem, "some of " + known + ", each once");
                return;
            }
            methods.add(method.get());
        }
        state.eap.methods = List.copyOf(methods);
        state.eap.methodsWord = Optional.of(list);
    }

    /** pppd knows 1.0 and 1.1 too, which the platform has switched off for good reasons. */
    private static void setVersion(OptionState state, Word option, List<Word> arguments) {
        Word version = arguments.getFirst();
        switch (version.text()) {
            case "1.3" -> state.eap.knowsTls13 = true;
            case "1.2" -> state.eap.knowsTls13 = false;
            default ->
                    state.findings.error(
                            version,
                            "max-tls-version '" + version.shown() + "' is not possible",
                            "1.2 or 1.3");
        }
    }

    private interface Setter<T> {
        void set(State eap, T value);
    }

    private static OptionWord number(String text, int min, int max, Setter<Integer> setter) {
        return argument(
                text,
                (state, option, arguments) ->
                        state.number(option, arguments.getFirst(), min, max)
                                .ifPresent(number -> setter.set(state.eap, number)));
    }

    private static OptionWord file(String text, Setter<Word> setter) {
        return argument(
                text, (state, option, arguments) -> setter.set(state.eap, arguments.getFirst()));
    }

    private static OptionWord argument(String text, Action action) {
        return new OptionWord(text, 1, new Effect.Acted(action));
    }
}
