package dev.pptpd.control;

/**
 * States of the receiver of a control connection.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-3.1.2 RFC 2637 section 3.1.2
 */
enum ControlState {
    /** TCP is open, the Start-Control-Connection-Request has not come: the RFC's Idle. */
    AWAITING_START,
    /** Both sides have started. */
    ESTABLISHED,
    /** We asked for a stop. */
    AWAITING_STOP_REPLY,
    /** Nothing is sent or understood any more. */
    CLOSED
}
