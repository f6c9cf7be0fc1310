package dev.pptpd.auth;

import dev.pptpd.ppp.auth.AuthenticationResult;

/**
 * What was decided about a login.
 *
 * @param result for the link
 * @param permissions the addresses that the user may have; none when refused
 * @param settings what else is settled for this user alone; nothing when refused
 */
public record LoginDecision(
        AuthenticationResult result, AddressPermissions permissions, UserSettings settings) {}
