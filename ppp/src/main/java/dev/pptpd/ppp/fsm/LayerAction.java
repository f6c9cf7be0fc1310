package dev.pptpd.ppp.fsm;

import dev.pptpd.ppp.packet.ControlPacket;

/** What a control protocol wants done, in this order. */
public sealed interface LayerAction {
    /** Send this packet under the protocol's own number. */
    record Send(ControlPacket packet) implements LayerAction {}

    /** Both sides have acknowledged: the layer is up. */
    record Up() implements LayerAction {}

    /** The layer is no longer up. */
    record Down() implements LayerAction {}

    /** The layer has ended; the lower layer is no longer needed by it. */
    record Finished() implements LayerAction {}

    /**
     * Negotiation cannot succeed; {@code reason} says why. The layer goes on until it is closed.
     */
    record Unacceptable(String reason) implements LayerAction {}
}
