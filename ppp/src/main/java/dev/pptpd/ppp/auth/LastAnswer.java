package dev.pptpd.ppp.auth;

import dev.pptpd.ppp.packet.ControlPacket;
import java.util.Optional;

/**
 * What a login that is over says to a peer that repeats itself, because our answer was lost. A link
 * that carries data for hours keeps this and not the whole server.
 */
@FunctionalInterface
public interface LastAnswer {
    /** Nothing: the verdict is never repeated. */
    LastAnswer NONE = _ -> Optional.empty();

    /** The answer to a packet of the method's protocol; empty where it gets none. */
    Optional<ControlPacket> to(ControlPacket packet);
}
