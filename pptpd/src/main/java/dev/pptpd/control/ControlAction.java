package dev.pptpd.control;

/**
 * What a {@link ControlConnection} wants done or known, in this order. A call that this end placed
 * ends with one {@link CallFailed} before it is connected or one {@link CallCleared} after; a call
 * that this end accepted always with one {@link CallCleared}.
 */
public sealed interface ControlAction {
    /** Send this message to the peer. */
    record Send(ControlMessage message) implements ControlAction {}

    /** Both ends have started: calls may be placed. */
    record Started() implements ControlAction {}

    /**
     * The peer asks for a call: answer with {@link ControlConnection#accept} or {@link
     * ControlConnection#refuse}, at once or later.
     */
    record CallRequested(CallRequest request) implements ControlAction {}

    /**
     * A call, whoever placed it, is connected: packets may flow.
     *
     * @param callId ours
     * @param peerCallId the peer's, 0..65535, unique for this connection only
     */
    record CallConnected(int callId, int peerCallId, CallTerms terms) implements ControlAction {}

    /** A placed call was not connected. Nothing more is said of that call. */
    record CallFailed(int callId, CallFailure failure) implements ControlAction {}

    /**
     * A call is over. Nothing more is said of that call.
     *
     * @param detail a phrase for the operator, possibly empty: what the peer gave as its reason
     */
    record CallCleared(int callId, CallEnd end, String detail) implements ControlAction {
        CallCleared(int callId, CallEnd end) {
            this(callId, end, "");
        }
    }

    /** The peer tells the character maps of a call; masks of 32 bits. */
    record LinkInfo(int callId, long sendAccm, long receiveAccm) implements ControlAction {}

    /** The peer, a PAC, has counted errors on the line of a call. */
    record WanErrors(int callId, WanErrorCounters counters) implements ControlAction {}

    /**
     * Close TCP once everything before this has been sent. The last action, unless {@link
     * ControlConnection#accept} or {@link ControlConnection#placeCall} come too late.
     *
     * @param detail a phrase for the operator, possibly empty
     */
    record Close(ControlCloseReason reason, String detail) implements ControlAction {
        Close(ControlCloseReason reason) {
            this(reason, "");
        }
    }
}
