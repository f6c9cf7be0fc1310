package dev.pptpd.control;

/**
 * States of a control connection, of either end.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-3.1 RFC 2637 section 3.1
 */
enum ControlState {
    /** TCP is open, the Start-Control-Connection-Request has not come: the RFC's Idle. */
    AWAITING_START,
    /** Our Start-Control-Connection-Request is sent: the RFC's wait_ctl_reply. */
    AWAITING_START_REPLY,
    /** Both sides have started. */
    ESTABLISHED,
    /** We asked for a stop. */
    AWAITING_STOP_REPLY,
    /** Nothing is sent or understood any more. */
    CLOSED
}
