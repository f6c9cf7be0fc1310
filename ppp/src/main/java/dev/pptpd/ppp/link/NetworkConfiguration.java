package dev.pptpd.ppp.link;

import dev.pptpd.ppp.fsm.RestartTimer;
import dev.pptpd.ppp.ipv6cp.Ipv6cpConfiguration;
import dev.pptpd.ppp.vj.VjParameters;
import java.util.Optional;

/**
 * What network protocols do beyond plain IPv4.
 *
 * @param vj what we can take of TCP/IP header compression; empty for none, either way
 * @param ipv6 what IPV6CP asks for; empty where IPv6 is unknown, and IPV6CP is rejected
 * @param ipv6cpTimer of IPV6CP
 */
public record NetworkConfiguration(
        Optional<VjParameters> vj, Optional<Ipv6cpConfiguration> ipv6, RestartTimer ipv6cpTimer) {
    /** IPv4 as it is. */
    public static final NetworkConfiguration IPV4_ONLY =
            new NetworkConfiguration(Optional.empty(), Optional.empty(), RestartTimer.DEFAULT);
}
