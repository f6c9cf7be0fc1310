package dev.pptpd.net;

import dev.pptpd.control.GeneralError;
import dev.pptpd.control.OutgoingCallResult;

/** The answer to a requested call. */
public sealed interface CallDecision {
    /** The call is granted; {@code callId} is ours, 1..65535, unique in the process. */
    record Accept(int callId) implements CallDecision {}

    /**
     * The call is turned down.
     *
     * @param result anything but {@link OutgoingCallResult#CONNECTED}
     * @param error of meaning where the result is a general error
     */
    record Refuse(OutgoingCallResult result, GeneralError error) implements CallDecision {
        /** No address or no call is left: what Windows shows as a clear message. */
        public static final Refuse BUSY = new Refuse(OutgoingCallResult.BUSY, GeneralError.NONE);

        /** This end takes no calls of this kind. */
        public static final Refuse NOT_ACCEPTED =
                new Refuse(OutgoingCallResult.DO_NOT_ACCEPT, GeneralError.NONE);
    }

    /** Not yet: {@link ControlChannel#decide} follows. */
    record Later() implements CallDecision {}
}
