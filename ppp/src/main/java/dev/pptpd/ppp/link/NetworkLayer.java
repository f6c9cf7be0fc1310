package dev.pptpd.ppp.link;

import dev.pptpd.ppp.fsm.ControlProtocol;
import dev.pptpd.ppp.fsm.LayerAction;
import dev.pptpd.ppp.packet.ControlPacket;
import java.util.Optional;

/** The control protocol of one network protocol, from its start to its end. */
final class NetworkLayer {
    /**
     * Each time that a layer comes up costs the session more than an answer. No path is so short
     * that a peer which means it needs as many.
     */
    static final int MAX_UPS_PER_SECOND = 30;

    private static final byte[] NO_REASON = {};

    private final int number;
    private final String name;
    private final ControlProtocol protocol;
    private final Flow flow;
    private final Outbox outbox;
    private final int peerMruBytes;
    private final RateLimit ups = new RateLimit();
    private Optional<String> end = Optional.empty();
    private boolean rejected;
    private boolean hopeless;

    /** What comes of the negotiation. */
    interface Flow {
        /** It is agreed. A reason is returned when nothing can come of it all the same. */
        Optional<String> onAgreed();

        /** It is agreed no longer. */
        void onVoid();
    }

    /**
     * A layer at rest.
     *
     * @param number of the protocol's control packets
     * @param name of the protocol, for the log
     */
    NetworkLayer(
            int number,
            String name,
            ControlProtocol protocol,
            Flow flow,
            Outbox outbox,
            int peerMruBytes) {
        this.number = number;
        this.name = name;
        this.protocol = protocol;
        this.flow = flow;
        this.outbox = outbox;
        this.peerMruBytes = peerMruBytes;
    }

    /** {@code waits}: the first request is left to the peer, or to {@link #stopWaiting}. */
    void start(boolean waits, long nowNanos) {
        protocol.open(nowNanos);
        if (waits) {
            protocol.awaitPeer();
        } else {
            protocol.up(nowNanos);
        }
    }

    /** Our request goes out now, if it has not yet. */
    void stopWaiting(long nowNanos) {
        if (end.isEmpty()) {
            protocol.stopWaiting(nowNanos);
        }
    }

    /** The link leaves the network phase. */
    void stop(long nowNanos) {
        protocol.down(nowNanos);
    }

    int number() {
        return number;
    }

    boolean isOpened() {
        return protocol.isOpened();
    }

    /** Why nothing comes of it; empty while something still may. */
    Optional<String> end() {
        return end;
    }

    long nextDeadlineNanos() {
        return protocol.nextDeadlineNanos();
    }

    void onTimeout(long nowNanos) {
        protocol.onTimeout(nowNanos);
    }

    void receive(ControlPacket packet, long nowNanos) {
        if (!protocol.receive(packet, nowNanos)) {
            protocol.rejectCode(packet, nowNanos);
        }
    }

    /** The peer does not know it. */
    void protocolRejected() {
        rejected = true;
        endWith("the peer rejects " + name);
    }

    /** Lets the automaton rest where nothing comes of it, but the link goes on. */
    void giveUp(long nowNanos) {
        if (rejected) {
            rejected = false;
            protocol.protocolRejected(nowNanos);
        } else if (hopeless) {
            hopeless = false;
            protocol.close(NO_REASON, nowNanos);
        }
    }

    /** Does what the automaton wants done. */
    void drain(long nowNanos) {
        for (LayerAction action = protocol.pollAction();
                action != null;
                action = protocol.pollAction()) {
            switch (action) {
                case LayerAction.Send(ControlPacket packet) ->
                        outbox.send(number, packet, peerMruBytes);
                case LayerAction.Up _ -> onUp(nowNanos);
                case LayerAction.Down _ -> flow.onVoid();
                case LayerAction.Finished _ -> endWith(name + " ended without an address");
                case LayerAction.Unacceptable(String reason) -> fail(name + ": " + reason);
            }
        }
    }

    private void onUp(long nowNanos) {
        if (ups.permits(MAX_UPS_PER_SECOND, nowNanos)) {
            end = Optional.empty();
            flow.onAgreed().ifPresent(this::fail);
        } else {
            fail(name + " renegotiated too often");
        }
    }

    private void fail(String reason) {
        hopeless = true;
        endWith(reason);
    }

    private void endWith(String reason) {
        if (end.isEmpty()) {
            end = Optional.of(reason);
        }
    }
}
