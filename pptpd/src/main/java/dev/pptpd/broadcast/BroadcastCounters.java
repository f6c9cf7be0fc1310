package dev.pptpd.broadcast;

/**
 * What the relay did.
 *
 * @param fromNetwork relayed from the network to the tunnels
 * @param fromTunnels relayed from a tunnel to the network and to the other tunnels
 * @param repeated dropped, since it was relayed a moment ago
 * @param tooMany dropped, since others were relayed within the same second
 */
public record BroadcastCounters(long fromNetwork, long fromTunnels, long repeated, long tooMany) {}
