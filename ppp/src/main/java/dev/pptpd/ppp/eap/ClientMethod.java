package dev.pptpd.ppp.eap;

import dev.pptpd.mppe.MppeStartKeys;
import java.util.Optional;

/** One method of EAP from the peer's side, for one login. */
sealed interface ClientMethod permits Md5ClientMethod, MsChapV2ClientMethod, TlsClientMethod {
    /** What a Request leads to. */
    sealed interface Reply {
        /** Send this as the Response. */
        @SuppressWarnings("ArrayRecordComponent") // handed over once
        record Answer(byte[] data) implements Reply {}

        /** Send this as the Response; then the login is over, whatever the server says. */
        @SuppressWarnings("ArrayRecordComponent") // handed over once
        record LastAnswer(byte[] data, String reason) implements Reply {}

        /**
         * The server does not know what it ought to know: no answer, the login is over.
         *
         * @param reason what is missing, in words for a log
         */
        record NotProven(String reason) implements Reply {}

        /** The Request makes no sense here. */
        record Ignore() implements Reply {}
    }

    EapMethod method();

    /** Takes the data of a Request of this type. */
    Reply receive(int identifier, byte[] data);

    /** Whether the method has come to its end, so that a Success may be believed. */
    boolean isComplete();

    /** The keys for MPPE of a complete login; for the caller to wipe. */
    Optional<MppeStartKeys> startKeys();
}
