/**
 * The server as it is built: how it starts, and how it does with many sessions, whose clients are
 * the project's own automata, all in one process.
 */
@NullMarked
package dev.pptpd.bench.server;

import org.jspecify.annotations.NullMarked;
