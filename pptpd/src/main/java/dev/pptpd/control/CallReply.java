package dev.pptpd.control;

/** Answers a {@link CallRequest}. */
public sealed interface CallReply extends CallMessage permits OutgoingCallReply, IncomingCallReply {

    /** Chosen by the sender of this reply, 0..65535; 0 when refused. */
    int callId();

    /** The call id of the request, 0..65535. */
    int peerCallId();

    /** 1 for a call that is granted, and 0 from some servers. */
    int resultCode();

    /** See {@link GeneralError}. */
    int errorCode();

    /** Whether the call is granted. Android takes 0 for that as well as 1. */
    default boolean isGranted() {
        return resultCode() == 0 || resultCode() == OutgoingCallResult.CONNECTED.wireNumber();
    }

    /** Whether this is the reply to that request. */
    default boolean answers(CallRequest request) {
        return peerCallId() == request.callId()
                && switch (this) {
                    case OutgoingCallReply _ -> request instanceof OutgoingCallRequest;
                    case IncomingCallReply _ -> request instanceof IncomingCallRequest;
                };
    }
}
