/** The command line and the one place that wires the parts together. */
@NullMarked
package dev.pptpd;

import org.jspecify.annotations.NullMarked;
