/**
 * Logging in, from both ends: the methods, an automaton for each end of each of them, and what is
 * asked of the one who decides.
 */
@NullMarked
package dev.pptpd.ppp.auth;

import org.jspecify.annotations.NullMarked;
