/** The Compression Control Protocol as MPPE uses it (RFC 1962, RFC 3078). */
@NullMarked
package dev.pptpd.ppp.ccp;

import org.jspecify.annotations.NullMarked;
