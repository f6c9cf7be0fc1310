/**
 * The control connection of RFC 2637 as a pure part: messages, their codec and the automaton that
 * answers them. No socket, thread, clock or logger.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-2 RFC 2637 section 2
 */
@NullMarked
package dev.pptpd.control;

import org.jspecify.annotations.NullMarked;
