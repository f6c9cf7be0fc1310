/**
 * The IP packets that a tunnel carries, as far as the server has something to say about them: their
 * checksums, the largest segment of TCP, packets that are too big, and searches for neighbours.
 * Pure.
 */
@NullMarked
package dev.pptpd.inner;

import org.jspecify.annotations.NullMarked;
