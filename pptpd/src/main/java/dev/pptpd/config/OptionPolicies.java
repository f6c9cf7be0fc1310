package dev.pptpd.config;

import dev.pptpd.auth.TlsCredentials;
import dev.pptpd.ppp.ccp.MppeConfiguration;
import dev.pptpd.ppp.eap.EapMethod;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Judges what all options files say together. A demand that this version cannot meet is an error,
 * never a session that is weaker than what was asked for.
 */
final class OptionPolicies {
    /** What a bare {@code auth} means: pppd would take PAP, too. */
    private static final Set<AuthenticationMethod> DEFAULT_METHODS =
            Set.of(AuthenticationMethod.MS_CHAP_V2);

    /** IPv6 is not for links that carry less (RFC 8200 section 5). */
    private static final int MIN_IPV6_BYTES = 1_280;

    private final OptionState state;
    private final Place top;

    private OptionPolicies(OptionState state, Place top) {
        this.state = state;
        this.top = top;
    }

    /**
     * Builds the result.
     *
     * @param top where something is reported that no line says
     * @param guard of the key for EAP-TLS
     */
    static PppOptions build(OptionState state, String hostName, Place top, SecretFileGuard guard) {
        OptionPolicies policies = new OptionPolicies(state, top);
        policies.judgeIpv6();
        AuthenticationPolicy authentication = policies.authentication();
        return new PppOptions(
                policies.serverName(hostName),
                authentication,
                policies.encryption(authentication),
                policies.lcp(),
                state.lcp.build(),
                state.ipcp.build(),
                state.ccp.build(),
                state.network.build(),
                new ChapLimits(
                        state.chapRestartSeconds,
                        state.chapMaxChallenges,
                        state.chapTimeoutSeconds,
                        state.chapIntervalSeconds),
                new PapLimits(
                        state.papRestartSeconds, state.papMaxRequests, state.papTimeoutSeconds),
                policies.eap(guard),
                state.dnsServers(),
                state.winsServers(),
                state.tunnel.build(state.domain),
                state.debug);
    }

    private void judgeIpv6() {
        int smallest = Math.min(state.mtu, state.mru);
        if (state.network.ipv6 && smallest < MIN_IPV6_BYTES) {
            String word = state.mtu < MIN_IPV6_BYTES ? "mtu" : "mru";
            String text =
                    "+ipv6 with "
                            + word
                            + " "
                            + smallest
                            + ": sessions have no IPv6, which needs "
                            + MIN_IPV6_BYTES;
            state.findings.warning(top, word, text);
        }
    }

    private String serverName(String hostName) {
        if (!state.name.isEmpty() && !state.useHostName) {
            return state.name;
        }
        return state.domain.isEmpty() ? hostName : hostName + "." + state.domain;
    }

    private AuthenticationPolicy authentication() {
        noteRefused();
        return new AuthenticationPolicy(
                acceptedMethods(), state.refused.keySet(), state.stripDomain, state.stripRealm);
    }

    private Set<AuthenticationMethod> acceptedMethods() {
        if (!state.required.isEmpty()) {
            return requiredMethods();
        }
        if (state.auth) {
            return DEFAULT_METHODS;
        }
        if (state.noauth) {
            String text = "noauth: anybody comes in without a password, and nothing is encrypted";
            state.findings.warning(top, "noauth", text);
        } else {
            String problem = "nothing says how clients log in";
            String expected = "require-mschap-v2, or noauth if anybody may come in";
            state.findings.error(top, "auth", problem, expected);
        }
        return Set.of();
    }

    private Set<AuthenticationMethod> requiredMethods() {
        Set<AuthenticationMethod> usable = EnumSet.noneOf(AuthenticationMethod.class);
        state.required.forEach((method, _) -> {
            if (obstacle(method).isEmpty()) {
                usable.add(method);
            }
        });
        state.required.forEach((method, word) ->
                obstacle(method).ifPresent(reason -> reportUnusable(word, reason, usable)));
        return usable;
    }

    /** Why a login by this method would lead to nothing; empty where it may lead to a session. */
    private Optional<String> obstacle(AuthenticationMethod method) {
        if (method.method().isEmpty()) {
            return Optional.of("is not possible in this version");
        }
        return state.encryption.isRequired() && !method.method().get().givesKeys()
                ? Optional.of("gives no keys for the encryption that is required")
                : Optional.empty();
    }

    private void reportUnusable(Word word, String reason, Set<AuthenticationMethod> usable) {
        String problem = "'" + word.shown() + "' " + reason;
        if (usable.isEmpty()) {
            state.findings.error(word, problem, "require-mschap-v2");
        } else {
            state.findings.warning(word, problem + ": it is not offered");
        }
    }

    /** Words of EAP say nothing where nobody is asked for it, and then no file is looked at. */
    private EapPolicy eap(SecretFileGuard guard) {
        boolean isAsked = state.required.containsKey(AuthenticationMethod.EAP);
        if (!isAsked) {
            state.eap.certificate.ifPresent(word ->
                    state.findings.warning(word, "certificates are of no use without require-eap"));
            return state.eap.policy(List.of(), Optional.empty());
        }
        Optional<TlsCredentials> credentials =
                state.eap.wantsTls()
                        ? new TlsFiles(state.eap, guard, state.findings).read()
                        : Optional.empty();
        return state.eap.policy(eapMethods(credentials.isPresent()), credentials);
    }

    private List<EapMethod> eapMethods(boolean hasCertificate) {
        Optional<Word> word = state.eap.methodsWord;
        List<EapMethod> wanted = word.isPresent() ? state.eap.methods : List.of(EapMethod.values());
        if (word.isPresent() && wanted.contains(EapMethod.TLS) && !state.eap.wantsTls()) {
            state.findings.error(word.get(), "eap-methods has tls", "cert, key and ca as well");
        }
        List<EapMethod> usable =
                wanted.stream()
                        .filter(method -> method != EapMethod.TLS || hasCertificate)
                        .filter(method -> method.givesKeys() || !state.encryption.isRequired())
                        .toList();
        if (word.isPresent() && wanted.contains(EapMethod.MD5) && !usable.contains(EapMethod.MD5)) {
            String text = "md5 gives no keys for the encryption that is required";
            if (usable.isEmpty()) {
                state.findings.error(word.get(), text, "mschapv2 or tls as well");
            } else {
                state.findings.warning(word.get(), text + ": it is not offered");
            }
        }
        return usable;
    }

    private void noteRefused() {
        state.refused.values().stream()
                .findFirst()
                .ifPresent(first -> {
                    String words =
                            state.refused.values().stream()
                                    .map(Word::shown)
                                    .collect(Collectors.joining(", "));
                    String text =
                            words
                                    + ": says how we do not log in when a peer asks us to;"
                                    + " require-* says how peers log in";
                    state.findings.note(first.place(), first.shown(), text);
                });
    }

    private MppeConfiguration encryption(AuthenticationPolicy authentication) {
        if (state.encryption.isRequired() && !authentication.isRequired() && state.noauth) {
            String expected = "require-mschap-v2: keys come from it";
            state.encryption.error(top, "encryption is required without a login", expected);
        }
        return state.encryption.build(top);
    }

    private LcpOptions lcp() {
        return new LcpOptions(
                state.mtu,
                state.mru,
                state.negotiatesMru,
                state.negotiatesAsyncMap,
                state.asyncMap,
                state.magicNumber,
                state.protocolFieldCompression,
                state.addressAndControlFieldCompression,
                state.echoIntervalSeconds,
                state.echoFailures,
                state.echoAdaptive,
                state.answersCallback);
    }
}
