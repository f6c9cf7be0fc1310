/** The Link Control Protocol's own part: its options, echoes and identifications. */
@NullMarked
package dev.pptpd.ppp.lcp;

import org.jspecify.annotations.NullMarked;
