/** MPPE (RFC 3078) and its keys (RFC 3079): bytes in, bytes out, no clock and no random source. */
@NullMarked
package dev.pptpd.mppe;

import org.jspecify.annotations.NullMarked;
