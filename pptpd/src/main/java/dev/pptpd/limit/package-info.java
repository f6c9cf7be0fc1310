/** How long a session may last and how much it may carry. Pure. */
@NullMarked
package dev.pptpd.limit;

import org.jspecify.annotations.NullMarked;
