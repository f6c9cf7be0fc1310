package dev.pptpd.ppp.auth;

import dev.pptpd.ppp.packet.ControlPacket;
import org.jspecify.annotations.Nullable;

/**
 * The one who asks, for one {@link LoginMethod}: it hands what the peer presents out to be decided
 * and tells the peer the outcome. What does not belong into the exchange is dropped. Not
 * thread-safe.
 */
public interface AuthenticationServer {
    /** What the exchange wants done. */
    sealed interface Action {
        /** Send this packet under the method's protocol. */
        record Send(ControlPacket packet) implements Action {}

        /** Decide this and call {@link AuthenticationServer#decided}. */
        record Decide(AuthenticationRequest request) implements Action {}

        /**
         * Run this on a thread that may be kept waiting, then call {@link
         * AuthenticationServer#computed}. Nothing else touches what it computes on meanwhile.
         */
        record Compute(Runnable task) implements Action {}

        /** The peer is in. */
        record Succeeded(PeerName peerName) implements Action {}

        /** The peer is out; the link is to be closed. */
        record Failed(String reason) implements Action {}
    }

    /** What to do next, or null when nothing is left. */
    @Nullable Action pollAction();

    /** When {@link #onTimeout} wants to be called; {@link Long#MAX_VALUE} for never. */
    long nextDeadlineNanos();

    /** Begins. A new start gives no new tries. */
    void start(long nowNanos);

    /** Ends the exchange, whatever its state. */
    void stop();

    /** Repeats a packet, or gives up. To be called when the deadline has come. */
    void onTimeout(long nowNanos);

    /** Takes a packet of the method's protocol. */
    void receive(ControlPacket packet, long nowNanos);

    /** Whether this very request, and no other that looks like it, waits for its decision. */
    boolean isDeciding(AuthenticationRequest request);

    /**
     * The outcome of {@link Action.Decide}. Ignored when the exchange was stopped meanwhile, also
     * when another one has begun since.
     */
    void decided(AuthenticationRequest request, AuthenticationResult result, long nowNanos);

    /** {@link Action.Compute} has been done. Ignored when the exchange was stopped meanwhile. */
    default void computed(Runnable task, long nowNanos) {}

    /** Whether the peer is in and is not asked again: nothing happens by itself any more. */
    boolean isSettled();

    /** What is left to do of a login that {@link #isSettled}, once the server itself is gone. */
    default LastAnswer lastAnswer() {
        return LastAnswer.NONE;
    }

    /** Whether a user has to type something before the exchange can go on. */
    default boolean awaitsUser() {
        return false;
    }
}
