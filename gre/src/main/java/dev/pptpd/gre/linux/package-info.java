/**
 * The system calls under the data path: raw socket, epoll, batched receive and send.
 *
 * <p>Everything is for Linux on x86-64 or 64-bit ARM. Addresses are {@code int}s with the first
 * octet in the most significant place. Unless a class says otherwise, one thread uses an object.
 */
@NullMarked
package dev.pptpd.gre.linux;

import org.jspecify.annotations.NullMarked;
