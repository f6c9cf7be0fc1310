package dev.pptpd.auth;

import dev.pptpd.ppp.auth.AuthenticationResult;
import java.util.Optional;

/**
 * What was decided about a login.
 *
 * @param result for the link
 * @param permissions the addresses that the user may have; none when refused
 * @param settings what else is settled for this user alone; nothing when refused
 * @param fault why it is refused, for the log; empty when it is not
 */
public record LoginDecision(
        AuthenticationResult result,
        AddressPermissions permissions,
        UserSettings settings,
        Optional<LoginFault> fault) {
    /** A login that is good, or refused for a reason that is told elsewhere. */
    public LoginDecision(
            AuthenticationResult result, AddressPermissions permissions, UserSettings settings) {
        this(result, permissions, settings, Optional.empty());
    }

    /** A login that is refused. */
    static LoginDecision refused(LoginFault fault) {
        return new LoginDecision(
                new AuthenticationResult.Rejected(fault.code()),
                AddressPermissions.NONE,
                UserSettings.NONE,
                Optional.of(fault));
    }
}
