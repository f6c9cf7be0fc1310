package dev.pptpd.ppp.eap;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What one end does in EAP.
 *
 * @param methods in the order in which a server offers them, and a client would rather have them
 * @param timer how patient it is
 * @param tls makes conversations with our certificate in them; needed where TLS is among the
 *     methods
 * @param serverName what a client wants the server's certificate to name; empty where any that its
 *     authority vouches for will do
 */
public record EapSettings(
        List<EapMethod> methods,
        EapTimer timer,
        Optional<Supplier<TlsConversation>> tls,
        Optional<String> serverName) {
    /** MSCHAPv2 and pppd's timers. */
    public static final EapSettings DEFAULT =
            new EapSettings(
                    List.of(EapMethod.MS_CHAP_V2),
                    EapTimer.DEFAULT,
                    Optional.empty(),
                    Optional.empty());

    /** Copies the list; TLS without certificates is a mistake, and so is no method at all. */
    public EapSettings {
        methods = List.copyOf(methods);
        if (methods.isEmpty() || (methods.contains(EapMethod.TLS) && tls.isEmpty())) {
            throw new IllegalArgumentException("EAP without a method, or TLS without certificates");
        }
    }

    /** For {@link ServerMethods} and {@link ClientMethods}. */
    public Supplier<TlsConversation> tlsOrNone() {
        return tls.orElse(() -> {
            throw new IllegalStateException("EAP-TLS was not configured");
        });
    }
}
