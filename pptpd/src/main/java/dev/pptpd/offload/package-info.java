/**
 * Super-packets: what the kernel hands over as one packet of up to 64 KiB is taken apart into the
 * segments of TCP or UDP that it stands for, and segments that came out of a tunnel are put
 * together to one. Pure.
 */
@NullMarked
package dev.pptpd.offload;

import org.jspecify.annotations.NullMarked;
