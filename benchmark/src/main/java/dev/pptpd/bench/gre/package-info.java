/** The raw socket for GRE against C with the same system calls, over a pair of namespaces. */
@NullMarked
package dev.pptpd.bench.gre;

import org.jspecify.annotations.NullMarked;
