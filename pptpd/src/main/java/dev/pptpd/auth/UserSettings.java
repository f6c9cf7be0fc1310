package dev.pptpd.auth;

import dev.pptpd.address.Ipv4Network;
import java.util.List;

/**
 * What a secrets line settles for its user alone, behind {@code --}.
 *
 * @param routes the networks behind this user's end, to be routed through the tunnel
 */
public record UserSettings(List<Ipv4Network> routes) {
    /** Nothing of its own. */
    public static final UserSettings NONE = new UserSettings(List.of());

    /** Copies the list. */
    public UserSettings {
        routes = List.copyOf(routes);
    }
}
