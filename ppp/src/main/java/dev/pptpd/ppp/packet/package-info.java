/** The packets of the control protocols (RFC 1661 section 5). */
@NullMarked
package dev.pptpd.ppp.packet;

import org.jspecify.annotations.NullMarked;
