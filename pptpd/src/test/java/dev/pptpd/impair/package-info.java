/** A network that is worse than the test machine's own: loss, duplicates, disorder and delay. */
@NullMarked
package dev.pptpd.impair;

import org.jspecify.annotations.NullMarked;
