/** Calls and their ids, for all control connections together. Pure; one thread. */
@NullMarked
package dev.pptpd.call;

import org.jspecify.annotations.NullMarked;
