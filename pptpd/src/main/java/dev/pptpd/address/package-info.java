/** IPv4 addresses and networks as values. */
@NullMarked
package dev.pptpd.address;

import org.jspecify.annotations.NullMarked;
