package dev.pptpd.net;

import dev.pptpd.control.CallDisconnectResult;
import dev.pptpd.control.StopControlConnectionReason;
import dev.pptpd.control.TextField;
import java.net.InetSocketAddress;

/** One control connection, as its calls see it. Only for the server's event loop. */
public interface ControlChannel {
    /** Where the peer connected from. */
    InetSocketAddress peerAddress();

    /** The address of this host that the peer connected to. */
    InetSocketAddress localAddress();

    /** What the peer calls itself, as it wishes; {@link TextField#toString} is safe to log. */
    TextField peerHostName();

    /** The make of the peer, as it wishes; {@link TextField#toString} is safe to log. */
    TextField peerVendorName();

    /**
     * Sends Call-Disconnect-Notify for a call and ends it; nothing happens if it is over already.
     *
     * @throws IllegalStateException on another thread
     */
    void disconnectCall(int callId, CallDisconnectResult result);

    /**
     * Ends all calls and asks the peer for the end of the connection; TCP is closed with its reply
     * or 3 s later.
     *
     * @throws IllegalStateException on another thread
     */
    void stop(StopControlConnectionReason reason);
}
