package dev.pptpd.ppp.ipv6cp;

/**
 * Who is who on a link.
 *
 * @param local our end
 * @param peer the other end
 */
public record Ipv6Identifiers(InterfaceIdentifier local, InterfaceIdentifier peer) {}
