/**
 * Comparisons and their goals: who takes part, in which turn, and what the figures say. Pure but
 * for the clock of a thread.
 */
@NullMarked
package dev.pptpd.bench.measure;

import org.jspecify.annotations.NullMarked;
