/**
 * Configuration options: the list on the wire, and who decides what about them (RFC 1661 section
 * 6).
 */
@NullMarked
package dev.pptpd.ppp.option;

import org.jspecify.annotations.NullMarked;
