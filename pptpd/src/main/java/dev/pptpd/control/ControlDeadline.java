package dev.pptpd.control;

/** The timers of a control connection itself; each call has one of its own. */
enum ControlDeadline {
    /** When to close a connection whose peer has not sent its Start-Control-Connection-Request. */
    START_REQUEST,
    /** When to close a connection whose peer has not sent its Start-Control-Connection-Reply. */
    START_REPLY,
    /** When to stop a connection that a peer opened and that has no call. */
    CALL_REQUEST,
    /** When to ask a peer that has sent nothing for a while whether it is alive. */
    ECHO_REQUEST,
    /** When to close a connection whose peer has not answered that question. */
    ECHO_REPLY,
    /** When to close a connection whose peer has not confirmed our stop. */
    STOP_REPLY
}
