package dev.pptpd.config;

import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.nio.file.Path;

/**
 * All that a relay needs to know.
 *
 * @param listen where TCP 1723 is opened; {@link Ipv4Address#ANY} for everywhere
 * @param server the address or host name of the server, as it was written
 * @param serverAddress what that was when the files were read
 * @param serverPort 1..65535
 * @param maximumConnections relayed at a time
 * @param firstMessageTimeoutSeconds how long a new connection may stay silent
 */
public record RelayConfig(
        Ipv4Address listen,
        String server,
        Ipv4Address serverAddress,
        int serverPort,
        int maximumConnections,
        int firstMessageTimeoutSeconds,
        boolean debug,
        Path pidFile) {
    /** Where a relay listens, and where a server is unless another port is named. */
    static final int PPTP_PORT = 1723;

    /**
     * Whether a server found there would be the relay itself.
     *
     * @param listen where the relay listens, on port 1723
     */
    public static boolean isRelayItself(
            Ipv4Address server, int serverPort, Ipv4Address listen, HostResolver resolver) {
        boolean heard = listen.equals(Ipv4Address.ANY) || listen.equals(server);
        return serverPort == PPTP_PORT && heard && resolver.isOfThisHost(server);
    }
}
