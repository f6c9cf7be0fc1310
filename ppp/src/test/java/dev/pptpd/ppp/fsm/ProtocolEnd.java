package dev.pptpd.ppp.fsm;

import dev.pptpd.mppe.MppeStrength;
import dev.pptpd.ppp.auth.LoginMethod;
import dev.pptpd.ppp.ccp.CcpOptions;
import dev.pptpd.ppp.ccp.MppeConfiguration;
import dev.pptpd.ppp.ccp.MppePolicy;
import dev.pptpd.ppp.ipcp.IpcpClientOptions;
import dev.pptpd.ppp.ipcp.IpcpOptions;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import dev.pptpd.ppp.ipcp.Ipv4Assignment;
import dev.pptpd.ppp.ipv6cp.Ipv6cpConfiguration;
import dev.pptpd.ppp.ipv6cp.Ipv6cpOptions;
import dev.pptpd.ppp.lcp.LcpConfiguration;
import dev.pptpd.ppp.lcp.LcpOptions;
import dev.pptpd.ppp.option.OptionSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * One end of one control protocol, as it runs in a link.
 *
 * @param good a request of the peer that is acknowledged
 * @param bad a request of the peer that is not
 * @param nak what the peer may name instead of an option of ours
 */
record ProtocolEnd(String name, OptionSet options, String good, String bad, String nak) {

    /** All there are, each of them fresh. CCP is the same at both ends. */
    static List<ProtocolEnd> all() {
        return List.of(
                new ProtocolEnd(
                        "LCP of a server",
                        new LcpOptions(lcp(List.of(LoginMethod.MS_CHAP_V2)), new Random(1)),
                        "5:31d67a6e",
                        "13:06",
                        "1:0514"),
                new ProtocolEnd(
                        "LCP of a client",
                        LcpOptions.ofClient(
                                lcp(List.of()), List.of(LoginMethod.MS_CHAP_V2), new Random(1)),
                        "3:c22381",
                        "3:c023",
                        "1:0514"),
                new ProtocolEnd("CCP", ccp(), "18:01000040", "18:01000000", "18:01000040"),
                new ProtocolEnd(
                        "IPCP of a server", ipcp(), "3:0a000005", "3:00000000", "3:0a000009"),
                new ProtocolEnd(
                        "IPCP of a client",
                        new IpcpClientOptions(),
                        "3:0a000001",
                        "2:002d0f01",
                        "3:0a000005"),
                new ProtocolEnd(
                        "IPV6CP",
                        new Ipv6cpOptions(Ipv6cpConfiguration.DEFAULT, new Random(1)),
                        "1:021122fffe334455",
                        "1:0000000000000000",
                        "1:0000000000000007"));
    }

    private static LcpConfiguration lcp(List<LoginMethod> logins) {
        return new LcpConfiguration(1400, true, 0, true, logins, true, true, true);
    }

    private static CcpOptions ccp() {
        return new CcpOptions(
                new MppeConfiguration(
                        MppePolicy.REQUIRE, Set.of(MppeStrength.BITS_40, MppeStrength.BITS_128)));
    }

    private static IpcpOptions ipcp() {
        return new IpcpOptions(
                new Ipv4Assignment(
                        new Ipv4Address(0x0A000001),
                        new Ipv4Address(0x0A000005),
                        List.of(),
                        List.of()));
    }

    @Override
    public String toString() {
        return name;
    }
}
