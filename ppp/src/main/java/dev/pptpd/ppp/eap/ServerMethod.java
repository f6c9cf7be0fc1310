package dev.pptpd.ppp.eap;

import dev.pptpd.ppp.auth.AuthenticationRequest;
import dev.pptpd.ppp.auth.AuthenticationResult;

/** One method of EAP from the authenticator's side, for one login. */
sealed interface ServerMethod permits Md5ServerMethod, MsChapV2ServerMethod, TlsServerMethod {
    /** What an event leads to. */
    sealed interface Step {
        /** Send this as a new Request. */
        @SuppressWarnings("ArrayRecordComponent") // handed over once
        record Ask(byte[] data) implements Step {}

        /** The same, where a user who is known has to think of another password first. */
        @SuppressWarnings("ArrayRecordComponent") // handed over once
        record AskUser(byte[] data) implements Step {}

        /** Have this decided. */
        record Decide(AuthenticationRequest request) implements Step {}

        /** Have this run on another thread, since it takes its time. */
        record Compute(Runnable task) implements Step {}

        /** The peer is in. */
        record Grant() implements Step {}

        /** The peer is out. */
        record Refuse(String reason) implements Step {}

        /** The packet does not belong here; the answer is still awaited. */
        record Ignore() implements Step {}
    }

    EapMethod method();

    /** The first Request, which will have this identifier. */
    Step start(int identifier);

    /**
     * Takes the data of a Response of this type.
     *
     * @param identifier of the Request that it answers; the next one has the number after it
     */
    Step receive(int identifier, byte[] data);

    /** The outcome of {@link Step.Decide}. */
    Step decided(AuthenticationRequest request, AuthenticationResult result, int identifier);

    /** {@link Step.Compute} has been done. */
    Step computed(int identifier);
}
