/** The few system calls of the emulated clients: sockets in another network namespace. */
@NullMarked
package dev.pptpd.emulator.linux;

import org.jspecify.annotations.NullMarked;
