package dev.pptpd.ppp.link;

import dev.pptpd.ppp.fsm.RestartTimer;
import dev.pptpd.ppp.ipcp.AddressNegotiation;
import dev.pptpd.ppp.ipcp.IpcpClientOptions;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import dev.pptpd.ppp.ipv6cp.Ipv6cpConfiguration;
import dev.pptpd.ppp.vj.VjParameters;
import java.util.Optional;

/**
 * What network protocols do beyond plain IPv4.
 *
 * @param vj what we can take of TCP/IP header compression; empty for none, either way
 * @param ipv6 what IPV6CP asks for; empty where IPv6 is unknown, and IPV6CP is rejected
 * @param ipv6cpTimer of IPV6CP
 * @param wanted the address that a client asks for; 0.0.0.0 for whichever it is given
 */
public record NetworkConfiguration(
        Optional<VjParameters> vj,
        Optional<Ipv6cpConfiguration> ipv6,
        RestartTimer ipv6cpTimer,
        Ipv4Address wanted) {
    /** For a server, or a client that takes whichever address it is given. */
    public NetworkConfiguration(
            Optional<VjParameters> vj,
            Optional<Ipv6cpConfiguration> ipv6,
            RestartTimer ipv6cpTimer) {
        this(vj, ipv6, ipv6cpTimer, Ipv4Address.ANY);
    }

    /** IPv4 as it is. */
    public static final NetworkConfiguration IPV4_ONLY =
            new NetworkConfiguration(Optional.empty(), Optional.empty(), RestartTimer.DEFAULT);

    /** The same without IPv6. */
    NetworkConfiguration withoutIpv6() {
        return new NetworkConfiguration(vj, Optional.empty(), ipv6cpTimer, wanted);
    }

    /** IPCP of a client that this is for. */
    AddressNegotiation asClient() {
        return new IpcpClientOptions(vj, wanted);
    }
}
