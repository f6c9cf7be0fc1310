package dev.pptpd.control;

/**
 * States of a call, of PNS and PAC, outgoing and incoming alike, under the RFC's names.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-3.2 RFC 2637 section 3.2
 */
enum CallState {
    /** The peer asks for the call and this end has not decided: wait_cs_ans of a PAC. */
    WAIT_ANSWER,
    /** This end asks for the call, and the reply is due. */
    WAIT_REPLY,
    /** A PNS has granted an incoming call, and the PAC is to connect it. */
    WAIT_CONNECT,
    /** Packets may flow. */
    ESTABLISHED,
    /** A PNS has asked the PAC to disconnect. */
    WAIT_DISCONNECT,
    /** It was never there, or is over. */
    IDLE
}
