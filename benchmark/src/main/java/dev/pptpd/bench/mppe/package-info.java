/** The packet cipher against generic C, OpenSSL, the JDK and Bouncy Castle. */
@NullMarked
package dev.pptpd.bench.mppe;

import org.jspecify.annotations.NullMarked;
