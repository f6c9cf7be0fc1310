package dev.pptpd.dataplane;

import dev.pptpd.mppe.MppeEngine;
import dev.pptpd.session.SessionEvents;
import java.util.random.RandomGenerator;

/**
 * What the sessions of a worker meet outside of themselves.
 *
 * @param engine of the worker's thread
 * @param entropy must be unpredictable
 */
record SessionSurroundings(
        Receiver.Inlet inlet,
        OutgoingBatch.Outlet outlet,
        DeviceWatch watch,
        SessionEvents events,
        MppeEngine engine,
        RandomGenerator entropy) {}
