package dev.pptpd.control;

/** Why a call is over, as far as the control connection knows. */
public enum CallEnd {
    /** The peer sent a Call-Clear-Request; it was answered with Call-Disconnect-Notify. */
    CLEARED_BY_PEER,
    /** The peer sent a Call-Disconnect-Notify of its own. */
    DISCONNECTED_BY_PEER,
    /** The peer sent a Stop-Control-Connection-Request. */
    STOPPED_BY_PEER,
    /** This end disconnected the call. */
    DISCONNECTED,
    /** This end stopped the control connection. */
    STOPPED,
    /** The peer closed TCP, or TCP broke. */
    TRANSPORT_CLOSED,
    /** No answer to an Echo-Request, or no Incoming-Call-Connected. */
    PEER_SILENT,
    /** The peer sent what is no message, or too many messages that nobody knows. */
    PROTOCOL_ERROR,
    /** The request was withdrawn before it was accepted; the client never heard of this call. */
    WITHDRAWN
}
