/** The few system calls of the emulated clients: their sockets, and waiting for them. */
@NullMarked
package dev.pptpd.emulator.linux;

import org.jspecify.annotations.NullMarked;
