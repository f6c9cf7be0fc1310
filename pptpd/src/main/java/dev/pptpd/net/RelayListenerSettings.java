package dev.pptpd.net;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * How the relay listens.
 *
 * @param listenAddress an IPv4 address of this host or the wildcard; port 0 takes a free one
 * @param limits of connections
 * @param maximumConnections relayed at a time
 * @param firstMessage how long a client may take for its first message
 */
public record RelayListenerSettings(
        InetSocketAddress listenAddress,
        ConnectionLimits limits,
        int maximumConnections,
        Duration firstMessage) {}
