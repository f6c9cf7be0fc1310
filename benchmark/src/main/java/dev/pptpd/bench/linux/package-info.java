/** What the bench asks of the Linux kernel that the server does not. */
@NullMarked
package dev.pptpd.bench.linux;

import org.jspecify.annotations.NullMarked;
