/** The compression of TCP/IP headers by Van Jacobson (RFC 1144), as PPP uses it (RFC 1332). */
@NullMarked
package dev.pptpd.ppp.vj;

import org.jspecify.annotations.NullMarked;
