/** Control packets as pppd prints them in its debug log, without what is secret. */
@NullMarked
package dev.pptpd.ppp.notation;

import org.jspecify.annotations.NullMarked;
