package dev.pptpd.control;

/**
 * Asks for a call: a PNS by Outgoing-Call-Request, a PAC by Incoming-Call-Request. Either end of a
 * control connection may be the one or the other, for each call anew.
 */
public sealed interface CallRequest extends CallMessage
        permits OutgoingCallRequest, IncomingCallRequest {

    /** The call id that the sender of the request chose, 0..65535. */
    int callId();

    /** The sender's number of this call, for logs, 0..65535. */
    int callSerialNumber();
}
