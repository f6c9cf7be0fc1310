package dev.pptpd.net;

import java.net.InetSocketAddress;

/** Which server is relayed. Called on the event loop, so it must not block. */
public interface RelayTarget {
    /** Where the server is, as far as is known: an IPv4 address and a port. */
    InetSocketAddress address();

    /** Nobody could be reached there; its name may have got another address. */
    void onUnreachable();
}
