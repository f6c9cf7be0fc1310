/**
 * PPP frames as PPTP carries them: address and control fields, protocol numbers (RFC 1661 section
 * 2).
 */
@NullMarked
package dev.pptpd.ppp.frame;

import org.jspecify.annotations.NullMarked;
