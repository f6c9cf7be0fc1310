package dev.pptpd.auth;

import java.time.Clock;

/**
 * By what logins are decided, beside the secrets.
 *
 * @param serverName our name in the server column
 * @param names how users are looked up
 * @param clock tells the hours of this host, in its time zone
 */
public record LoginRules(String serverName, LookupNames names, Clock clock) {}
