package dev.pptpd.net;

import dev.pptpd.control.CallEnd;
import dev.pptpd.control.CallFailure;
import dev.pptpd.control.CallRequest;
import dev.pptpd.control.CallTerms;
import dev.pptpd.control.WanErrorCounters;

/**
 * Who deals with calls, at either end. Called on the one event loop, so it must not block; times
 * are monotonic nanoseconds of {@link System#nanoTime}. What it throws closes that connection. A
 * call that was accepted ends with one {@link #onCallEnded}; one that was placed with one {@link
 * #onCallFailed}, or, once connected, one {@link #onCallEnded}.
 */
public interface CallHandler {
    /**
     * A peer asks for a call: a PNS by Outgoing-Call-Request, a PAC by Incoming-Call-Request. The
     * reply leaves once this returns, unless it is to come later.
     *
     * @param channel stays valid until TCP is closed
     */
    CallDecision onCallRequested(ControlChannel channel, CallRequest request, long nowNanos);

    /**
     * A call is connected, placed or accepted. One that was accepted for an Outgoing-Call-Request
     * is connected with its reply.
     *
     * @param callId ours
     * @param peerCallId the peer's, 0..65535
     */
    default void onCallConnected(int callId, int peerCallId, CallTerms terms, long nowNanos) {}

    /** A placed call was not connected. From here on its call id may be released. */
    default void onCallFailed(int callId, CallFailure failure, long nowNanos) {}

    /**
     * A call is over, also one that this end disconnected: then told from within {@link
     * ControlChannel#disconnectCall} unless a handler made that call, or later, where the peer has
     * to confirm it. From here on the call id may be released.
     *
     * @param detail what the peer gave as its reason, a phrase, possibly empty
     */
    void onCallEnded(int callId, CallEnd end, String detail, long nowNanos);

    /** The peer tells the character maps of a call, masks of 32 bits. */
    default void onLinkInfo(int callId, long sendAccm, long receiveAccm, long nowNanos) {}

    /** The peer has counted errors on the line of a call. */
    default void onWanErrors(int callId, WanErrorCounters counters, long nowNanos) {}
}
