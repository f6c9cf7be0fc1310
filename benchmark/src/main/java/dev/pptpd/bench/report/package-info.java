/** What was measured, for the eye, for programs and as a plot. */
@NullMarked
package dev.pptpd.bench.report;

import org.jspecify.annotations.NullMarked;
