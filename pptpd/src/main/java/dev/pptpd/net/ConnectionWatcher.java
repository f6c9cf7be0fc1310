package dev.pptpd.net;

import dev.pptpd.control.ControlCloseReason;

/** Who opened or accepted a connection: told of what is not about a single call. */
interface ConnectionWatcher {
    /** TCP is open and both its addresses are known. */
    void onConnected(ControlChannel channel, long nowNanos);

    /** Both ends have started. */
    void onStarted(ControlChannel channel, long nowNanos);

    /**
     * A call is connected: an outgoing one that was granted, an incoming one only when the peer has
     * connected it.
     */
    void onCallConnected();

    /** The peer asks without reading the answers; TCP is closed. */
    void onOverflow();

    /** The control connection is over, and so are its calls. Once. */
    void onClosed(ControlCloseReason reason, String detail, long nowNanos);
}
