package dev.pptpd.control;

/** A message about one call, RFC 2637 sections 2.7 to 2.15. */
public sealed interface CallMessage extends ControlMessage
        permits CallRequest,
                CallReply,
                IncomingCallConnected,
                CallClearRequest,
                CallDisconnectNotify,
                WanErrorNotify,
                SetLinkInfo {}
