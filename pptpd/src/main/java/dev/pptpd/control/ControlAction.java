package dev.pptpd.control;

/** What a {@link ControlConnection} wants done, in this order. */
public sealed interface ControlAction {
    /** Send this message to the peer. */
    record Send(ControlMessage message) implements ControlAction {}

    /**
     * The peer asks for a call: answer with {@link ControlConnection#accept} or {@link
     * ControlConnection#refuse}, at once or later.
     */
    record CallRequested(OutgoingCallRequest request) implements ControlAction {}

    /** An accepted call is over. Comes exactly once for each; nothing more is said of that call. */
    record CallCleared(int callId, CallEnd end) implements ControlAction {}

    /** The peer tells the character maps of a call; masks of 32 bits. */
    record LinkInfo(int callId, long sendAccm, long receiveAccm) implements ControlAction {}

    /** Close TCP once everything before this has been sent. Always the last action. */
    record Close(ControlCloseReason reason) implements ControlAction {}
}
