package dev.pptpd.dataplane;

import dev.pptpd.mppe.MppeEngine;
import dev.pptpd.session.SessionEvents;
import dev.pptpd.session.StrayPackets;
import java.util.random.RandomGenerator;

/**
 * What the sessions of a worker meet outside of themselves.
 *
 * @param strays where packets that belong to nobody are noted
 * @param broadcasts where those that come out of tunnels go
 * @param engine of the worker's thread
 * @param entropy must be unpredictable
 */
record SessionSurroundings(
        Receiver.Inlet inlet,
        OutgoingBatch.Outlet outlet,
        DeviceWatch watch,
        SessionEvents events,
        StrayPackets strays,
        BroadcastInlet broadcasts,
        MppeEngine engine,
        RandomGenerator entropy) {}
