package dev.pptpd.config;

import dev.pptpd.ppp.auth.LoginMethod;
import java.util.List;
import java.util.Set;

/**
 * How peers log in.
 *
 * @param accepted what a peer may log in with; empty when it need not ({@code noauth})
 * @param refused how we do not log in where a peer asks us to: pppd's meaning of {@code refuse-*},
 *     which says nothing about what we ask for
 * @param stripDomain whether a user is also looked up without what stands before the last backslash
 * @param stripRealm whether a user is also looked up without what stands behind the last at sign
 */
public record AuthenticationPolicy(
        Set<AuthenticationMethod> accepted,
        Set<AuthenticationMethod> refused,
        boolean stripDomain,
        boolean stripRealm) {
    public AuthenticationPolicy {
        accepted = Set.copyOf(accepted);
        refused = Set.copyOf(refused);
    }

    /** What a peer may log in with, in the order in which it is asked for. */
    public List<LoginMethod> inOrder() {
        return accepted.stream().flatMap(word -> word.method().stream()).sorted().toList();
    }

    /** Whether a peer must log in. */
    public boolean isRequired() {
        return !accepted.isEmpty();
    }
}
