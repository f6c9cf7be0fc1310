/** Enhanced GRE (RFC 2637 section 4): header, sequence numbers, acknowledgments, demultiplexing. */
@NullMarked
package dev.pptpd.gre;

import org.jspecify.annotations.NullMarked;
