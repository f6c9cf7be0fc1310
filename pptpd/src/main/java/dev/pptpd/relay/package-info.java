/**
 * PPTP relayed: control messages and GRE packets passed on between a client and a server with other
 * call ids, and nothing else changed. Pure.
 */
@NullMarked
package dev.pptpd.relay;

import org.jspecify.annotations.NullMarked;
