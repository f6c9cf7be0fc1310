package dev.pptpd.control;

/**
 * Which end of the TCP connection this is. It decides who starts; calls may be placed by either.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-3.1 RFC 2637 section 3.1
 */
public enum ControlEnd {
    /** Opened TCP and sends the Start-Control-Connection-Request. */
    ORIGINATOR,
    /** Listened, and waits for that request. */
    ACCEPTOR
}
