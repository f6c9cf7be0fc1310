/** TUN devices against C with the same system calls. */
@NullMarked
package dev.pptpd.bench.tun;

import org.jspecify.annotations.NullMarked;
