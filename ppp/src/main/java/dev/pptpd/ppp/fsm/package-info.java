/**
 * The option negotiation automaton of RFC 1661, shared by LCP, CCP and IPCP: the table, the timer,
 * the protocol.
 */
@NullMarked
package dev.pptpd.ppp.fsm;

import org.jspecify.annotations.NullMarked;
