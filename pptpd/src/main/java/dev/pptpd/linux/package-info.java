/**
 * What the server asks of the Linux kernel besides sockets: TUN devices and their configuration,
 * wake-ups between threads, capabilities. All native calls go through {@link
 * dev.pptpd.gre.linux.Libc}.
 */
@NullMarked
package dev.pptpd.linux;

import org.jspecify.annotations.NullMarked;
