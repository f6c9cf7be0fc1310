/**
 * Debian's PoPToP and pppd against this server: in two guests that are alike, with one client; and
 * PoPToP's own process for the packets of a call, alone.
 */
@NullMarked
package dev.pptpd.bench.poptop;

import org.jspecify.annotations.NullMarked;
