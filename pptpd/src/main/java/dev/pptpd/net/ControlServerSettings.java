package dev.pptpd.net;

import dev.pptpd.control.ControlConnectionSettings;
import java.net.InetSocketAddress;

/**
 * How the control server listens and speaks.
 *
 * @param listenAddress an IPv4 address of this host or the wildcard; port 0 takes a free one
 * @param limits of connections
 * @param connection of each control connection
 */
public record ControlServerSettings(
        InetSocketAddress listenAddress,
        ConnectionLimits limits,
        ControlConnectionSettings connection) {

    /** The port of PPTP, RFC 2637 section 2. */
    public static final int PPTP_PORT = 1723;
}
