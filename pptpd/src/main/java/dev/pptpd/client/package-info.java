/**
 * The {@code pptp} command: one connection to a server at a time, made with the automata that the
 * server is made of, kept up and taken down in order.
 */
@NullMarked
package dev.pptpd.client;

import org.jspecify.annotations.NullMarked;
