package dev.pptpd.relay;

import dev.pptpd.gre.GreHeader;
import dev.pptpd.gre.GreHeaderVerdict;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * All routes, by our call id. One thread opens and closes them, another rewrites packets by them:
 * each entry is one immutable value, so that the second sees a route whole or not at all, and there
 * is no queue between the two that could be full. Nothing is allocated for a packet.
 */
public final class RouteTable {
    private static final int CALL_IDS = 1 << 16;

    private final AtomicReferenceArray<Optional<Route>> routes =
            new AtomicReferenceArray<>(CALL_IDS);
    private long malformed;
    private long unknownCallIds;
    private long wrongAddresses;

    /** Has no route. */
    public RouteTable() {
        for (int callId = 0; callId < CALL_IDS; callId++) {
            routes.setPlain(callId, Optional.empty());
        }
    }

    /**
     * Opens a route, for the thread that owns the calls.
     *
     * @param callId ours, 1..65535
     * @throws IllegalStateException when the call id is in use
     */
    public void open(int callId, Route route) {
        if (routes.get(callId).isPresent()) {
            throw new IllegalStateException("call id " + callId + " is in use");
        }
        routes.set(callId, Optional.of(route));
    }

    /** Closes a route, for the thread that owns the calls; of no effect when it is not open. */
    public void close(int callId) {
        routes.set(callId, Optional.empty());
    }

    /** Whether no route is open. For tests and diagnosis: looks at all there could be. */
    public boolean isEmpty() {
        for (int callId = 0; callId < CALL_IDS; callId++) {
            if (routes.get(callId).isPresent()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Finds where a packet goes and writes the other end's call id into it; nothing else changes. A
     * packet that is dropped is not changed and counts nowhere but here. For the thread that passes
     * packets on.
     *
     * @param packet a GRE packet from position to limit
     * @param sourceAddress where it came from
     * @return where it goes; empty to drop it
     */
    public Optional<Route> rewrite(ByteBuffer packet, int sourceAddress) {
        if (GreHeader.decode(packet) != GreHeaderVerdict.VALID) {
            malformed++;
            return Optional.empty();
        }
        Optional<Route> found = routes.getAcquire(GreHeader.callId(packet));
        if (found.isEmpty()) {
            unknownCallIds++;
            return found;
        }
        Route route = found.get();
        if (route.sourceAddress() != sourceAddress) {
            wrongAddresses++;
            return Optional.empty();
        }
        GreHeader.replaceCallId(packet, route.peerCallId());
        route.traffic().count(route.from(), packet.remaining());
        return found;
    }

    /** Packets dropped for their header. Of {@link #rewrite}'s thread, as are the next two. */
    public long malformed() {
        return malformed;
    }

    /** Packets dropped since no call has their id. */
    public long unknownCallIds() {
        return unknownCallIds;
    }

    /** Packets dropped since they came from elsewhere than their call's end. */
    public long wrongAddresses() {
        return wrongAddresses;
    }
}
