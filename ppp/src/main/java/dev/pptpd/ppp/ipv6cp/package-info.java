/** The IPv6 Control Protocol (RFC 5072) and the addresses that come of it. */
@NullMarked
package dev.pptpd.ppp.ipv6cp;

import org.jspecify.annotations.NullMarked;
