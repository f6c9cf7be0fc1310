/**
 * Microsoft's Callback Control Protocol, as far as it goes when nobody is called back. It is in no
 * RFC; what is known of it is what RRAS and Windows say to each other.
 */
@NullMarked
package dev.pptpd.ppp.cbcp;

import org.jspecify.annotations.NullMarked;
