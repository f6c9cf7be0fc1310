/**
 * Contestants that are processes of their own: programs in C, compiled when the bench runs, and
 * JVMs that do nothing else, so that the compiler learns of no other work than in the server.
 */
@NullMarked
package dev.pptpd.bench.process;

import org.jspecify.annotations.NullMarked;
