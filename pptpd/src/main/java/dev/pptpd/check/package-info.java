/** What {@code ./run --check} measures a tunnel with. */
@NullMarked
package dev.pptpd.check;

import org.jspecify.annotations.NullMarked;
