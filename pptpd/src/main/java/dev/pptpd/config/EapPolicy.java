package dev.pptpd.config;

import dev.pptpd.auth.TlsCredentials;
import dev.pptpd.ppp.eap.EapMethod;
import java.util.List;
import java.util.Optional;

/**
 * How a login by EAP goes, where it is asked for.
 *
 * @param methods what peers are offered, in this order
 * @param restartSeconds time until a Request is sent again
 * @param maxRequests how often one Request is sent
 * @param intervalSeconds time between logins of a peer that is in; 0 for one login
 * @param credentials for EAP-TLS
 */
public record EapPolicy(
        List<EapMethod> methods,
        int restartSeconds,
        int maxRequests,
        int intervalSeconds,
        Optional<TlsCredentials> credentials) {
    static final int DEFAULT_RESTART_SECONDS = 3;
    static final int DEFAULT_MAX_REQUESTS = 10;

    /** Copies the list. */
    public EapPolicy {
        methods = List.copyOf(methods);
    }
}
