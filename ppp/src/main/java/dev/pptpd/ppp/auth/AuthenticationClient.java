package dev.pptpd.ppp.auth;

import dev.pptpd.mppe.MppeStartKeys;
import dev.pptpd.ppp.packet.ControlPacket;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one who is asked, for one {@link LoginMethod}: it proves that it knows the password, and
 * where the method allows that, wants the server to prove it too. Not thread-safe.
 */
public interface AuthenticationClient {
    /** What the exchange wants done. */
    sealed interface Action {
        /** Send this packet under the method's protocol. */
        record Send(ControlPacket packet) implements Action {}

        /**
         * We are in, and the server is proven where the method proves it.
         *
         * @param method how, in words for a log
         * @param startKeys for MPPE, where the method gives any; they belong to the receiver
         */
        record Succeeded(String method, Optional<MppeStartKeys> startKeys) implements Action {}

        /**
         * The server says that we are in without proof that it is the one that we mean.
         *
         * @param reason what is missing, in words for a log
         */
        record NotProven(String reason) implements Action {}

        /** We are not in; the link is to be closed. */
        record Failed(String reason) implements Action {}
    }

    /** What to do next, or null when nothing is left. */
    @Nullable Action pollAction();

    /** When {@link #onTimeout} wants to be called; {@link Long#MAX_VALUE} for never. */
    long nextDeadlineNanos();

    /** The server has said that it wants this login. */
    void start(long nowNanos);

    /** Ends the exchange, whatever its state: what comes is dropped from now on. */
    void stop();

    /** Repeats a packet, or gives up. To be called when the deadline has come. */
    void onTimeout(long nowNanos);

    /** Whether {@link #receive} would compute an answer to it, which a flood must not ask for. */
    boolean isQuestion(ControlPacket packet);

    /** Takes a packet of the method's protocol. */
    void receive(ControlPacket packet, long nowNanos);

    /** The server speaks of the network already, as if it had let us in. */
    default void onNetworkPacket() {}
}
