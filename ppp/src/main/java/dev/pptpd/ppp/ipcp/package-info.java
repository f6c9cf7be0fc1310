/** The Internet Protocol Control Protocol (RFC 1332) with name servers (RFC 1877). */
@NullMarked
package dev.pptpd.ppp.ipcp;

import org.jspecify.annotations.NullMarked;
