/** TCP 1723 on Netty: the listener, and the port through which calls reach the rest. */
@NullMarked
package dev.pptpd.net;

import org.jspecify.annotations.NullMarked;
