/**
 * A session is a call, its GRE tunnel, its PPP link and its TUN device. What the control side knows
 * of sessions lives on the event loop; {@link dev.pptpd.session.Session} lives on its worker.
 */
@NullMarked
package dev.pptpd.session;

import org.jspecify.annotations.NullMarked;
