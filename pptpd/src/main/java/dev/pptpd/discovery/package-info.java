/**
 * How the far end of a tunnel gets its IPv6 prefix: router discovery, RFC 4861 section 6, as either
 * side of it. Pure.
 */
@NullMarked
package dev.pptpd.discovery;

import org.jspecify.annotations.NullMarked;
