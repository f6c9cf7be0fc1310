package dev.pptpd.dataplane;

import dev.pptpd.gre.GreConfiguration;
import dev.pptpd.ppp.ipcp.Ipv4Address;

/**
 * How a worker is made.
 *
 * @param index 0 to {@code workers - 1}; a call belongs to worker {@code callId & (workers - 1)}
 * @param workers how many there are: 1, 2 or 4
 * @param listen the local address of its raw socket, 0.0.0.0 for all
 * @param gre of every tunnel
 */
public record WorkerSettings(int index, int workers, Ipv4Address listen, GreConfiguration gre) {}
