/**
 * Authentication of the peer: MS-CHAPv2 (RFC 2759) and the port through which a login is decided.
 */
@NullMarked
package dev.pptpd.ppp.auth;

import org.jspecify.annotations.NullMarked;
