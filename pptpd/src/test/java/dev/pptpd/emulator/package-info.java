/**
 * Clients written for the tests: they put on the wire what real PPTP clients were seen to send, and
 * share no protocol code with the server that they test.
 */
@NullMarked
package dev.pptpd.emulator;

import org.jspecify.annotations.NullMarked;
