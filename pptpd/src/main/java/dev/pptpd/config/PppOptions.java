package dev.pptpd.config;

import dev.pptpd.ppp.ccp.MppeConfiguration;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.util.List;

/**
 * What the options files say.
 *
 * @param serverName our name in challenges and in the server column of the secrets file
 * @param encryption of users for whom their secrets line says nothing else
 * @param network what there is beyond plain IPv4
 * @param dnsServers at most two, the first one primary
 * @param winsServers at most two, the first one primary
 * @param debug whether PPP packets are logged
 */
public record PppOptions(
        String serverName,
        AuthenticationPolicy authentication,
        MppeConfiguration encryption,
        LcpOptions lcp,
        NegotiationLimits lcpLimits,
        NegotiationLimits ipcpLimits,
        NegotiationLimits ccpLimits,
        NetworkOptions network,
        ChapLimits chapLimits,
        PapLimits papLimits,
        EapPolicy eap,
        List<Ipv4Address> dnsServers,
        List<Ipv4Address> winsServers,
        TunnelOptions tunnel,
        boolean debug) {
    public PppOptions {
        dnsServers = List.copyOf(dnsServers);
        winsServers = List.copyOf(winsServers);
    }
}
