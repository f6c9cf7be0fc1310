/**
 * The Extensible Authentication Protocol (RFC 3748) over PPP, for the authenticator and the peer:
 * MD5-Challenge, MSCHAPv2 and TLS. Pure; TLS itself is the JDK's.
 */
@NullMarked
package dev.pptpd.ppp.eap;

import org.jspecify.annotations.NullMarked;
