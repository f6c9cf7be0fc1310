package dev.pptpd.relay;

import java.util.concurrent.atomic.AtomicLong;

/** GRE passed on for one connection. Written by the one thread that does it, read by any. */
public final class RelayTraffic {
    private final Direction fromClient = new Direction();
    private final Direction fromServer = new Direction();

    /** Nothing yet. */
    public RelayTraffic() {}

    /** Packets that came from that end and were passed on. */
    public long packetsFrom(RelaySide side) {
        return from(side).packets.get();
    }

    /** Octets of those, with the GRE header and without the IP header. */
    public long octetsFrom(RelaySide side) {
        return from(side).octets.get();
    }

    void count(RelaySide from, int octets) {
        Direction direction = from(from);
        direction.packets.setRelease(direction.packets.getPlain() + 1);
        direction.octets.setRelease(direction.octets.getPlain() + octets);
    }

    private Direction from(RelaySide side) {
        return side == RelaySide.CLIENT ? fromClient : fromServer;
    }

    private static final class Direction {
        private final AtomicLong packets = new AtomicLong();
        private final AtomicLong octets = new AtomicLong();
    }
}
