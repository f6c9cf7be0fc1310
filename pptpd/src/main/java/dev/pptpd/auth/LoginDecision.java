package dev.pptpd.auth;

import dev.pptpd.ppp.auth.AuthenticationResult;

/**
 * What was decided about a login.
 *
 * @param result for the link
 * @param permissions the addresses that the user may have; none when refused
 */
public record LoginDecision(AuthenticationResult result, AddressPermissions permissions) {}
