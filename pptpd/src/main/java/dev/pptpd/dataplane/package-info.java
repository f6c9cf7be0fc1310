/** The workers: one thread each, with a raw GRE socket, its sessions' TUN devices and deadlines. */
@NullMarked
package dev.pptpd.dataplane;

import org.jspecify.annotations.NullMarked;
