package dev.pptpd.net;

import dev.pptpd.control.CallEnd;
import dev.pptpd.control.OutgoingCallRequest;

/**
 * Who deals with calls. Called on the server's one event loop, so it must not block; times are
 * monotonic nanoseconds of {@link System#nanoTime}. What it throws closes that connection.
 */
public interface CallHandler {
    /**
     * A peer asks for a call. Its Outgoing-Call-Reply leaves once this returns.
     *
     * @param channel stays valid until TCP is closed
     */
    CallDecision onCallRequested(
            ControlChannel channel, OutgoingCallRequest request, long nowNanos);

    /**
     * An accepted call is over: told exactly once for each, also for those this end disconnected,
     * and then from within {@link ControlChannel#disconnectCall} unless a handler made that call.
     * From here on the call id may be released.
     */
    void onCallEnded(int callId, CallEnd end, long nowNanos);

    /** The peer tells the character maps of a call, masks of 32 bits. */
    void onLinkInfo(int callId, long sendAccm, long receiveAccm, long nowNanos);
}
