package dev.pptpd.session;

import dev.pptpd.config.TunnelOptions;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import dev.pptpd.ppp.link.LinkConfiguration;
import java.util.List;

/**
 * What all sessions have in common.
 *
 * @param link how their links behave
 * @param mtuBytes of their devices, unless the peer takes less
 * @param dns name servers that clients are told
 * @param wins NetBIOS name servers that clients are told
 * @param tunnel what becomes of their packets, and how long they last
 * @param ipv6 what they have of IPv6
 */
public record SessionSettings(
        LinkConfiguration link,
        int mtuBytes,
        List<Ipv4Address> dns,
        List<Ipv4Address> wins,
        TunnelOptions tunnel,
        Ipv6Settings ipv6) {
    /** Copies the lists. */
    public SessionSettings {
        dns = List.copyOf(dns);
        wins = List.copyOf(wins);
    }
}
