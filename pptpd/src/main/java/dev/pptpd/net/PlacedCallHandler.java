package dev.pptpd.net;

import dev.pptpd.control.CallRequest;
import dev.pptpd.control.ControlCloseReason;

/**
 * Who deals with one connection that this end opens, and with its calls. Called on the client's
 * event loop, so it must not block. First comes one of {@link #onConnectFailed} and {@link
 * #onConnected}; the latter is followed by one {@link #onClosed}, after the end of every call.
 */
public interface PlacedCallHandler extends CallHandler {
    /** TCP could not be opened; nothing follows. */
    void onConnectFailed(ConnectFailure failure, long nowNanos);

    /**
     * TCP is open; the start of the connection is under way.
     *
     * @param channel stays valid until {@link #onClosed}
     */
    void onConnected(ControlChannel channel, long nowNanos);

    /** Both ends have started: calls may be placed. */
    void onStarted(ControlChannel channel, long nowNanos);

    /**
     * The control connection is over.
     *
     * @param detail a phrase for the operator, possibly empty
     */
    void onClosed(ControlCloseReason reason, String detail, long nowNanos);

    /** A server that wants to call its client; none is known. */
    @Override
    default CallDecision onCallRequested(
            ControlChannel channel, CallRequest request, long nowNanos) {
        return CallDecision.Refuse.NOT_ACCEPTED;
    }
}
