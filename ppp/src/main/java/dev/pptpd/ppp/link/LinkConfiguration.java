package dev.pptpd.ppp.link;

import dev.pptpd.ppp.auth.LoginLimits;
import dev.pptpd.ppp.ccp.MppeConfiguration;
import dev.pptpd.ppp.fsm.RestartTimer;
import dev.pptpd.ppp.lcp.EchoTimer;
import dev.pptpd.ppp.lcp.LcpConfiguration;
import dev.pptpd.ppp.lcp.LcpOptions;
import java.util.random.RandomGenerator;

/**
 * How a link behaves.
 *
 * @param name ours, in the CHAP Challenge of a server
 * @param role which end we are; a client asks no peer to log in
 * @param lcp what LCP asks for
 * @param mppe whether data is encrypted, and how strongly
 * @param startDelayMillis from {@link PppLink#start} to the first LCP request, unless the peer
 *     speaks first. Windows loses a request that comes within 3 ms of the Outgoing-Call-Reply.
 * @param network what there is beyond plain IPv4
 */
public record LinkConfiguration(
        String name,
        LinkRole role,
        LcpConfiguration lcp,
        MppeConfiguration mppe,
        int startDelayMillis,
        RestartTimer lcpTimer,
        RestartTimer ccpTimer,
        RestartTimer ipcpTimer,
        LoginLimits login,
        EchoTimer echoTimer,
        NetworkConfiguration network) {
    /** A client that wants the server to log in is a mistake. */
    public LinkConfiguration {
        if (role instanceof LinkRole.Client && !lcp.peerLogins().isEmpty()) {
            throw new IllegalArgumentException("a client asks no server to log in");
        }
    }

    /** The options of LCP as our end negotiates them. */
    LcpOptions lcpOptions(RandomGenerator entropy) {
        return switch (role) {
            case LinkRole.Server _ -> new LcpOptions(lcp, entropy);
            case LinkRole.Client client -> LcpOptions.ofClient(lcp, client.methods(), entropy);
        };
    }

    /** The same with another LCP. */
    public LinkConfiguration with(LcpConfiguration other) {
        return new LinkConfiguration(
                name,
                role,
                other,
                mppe,
                startDelayMillis,
                lcpTimer,
                ccpTimer,
                ipcpTimer,
                login,
                echoTimer,
                network);
    }

    /** The same with other network protocols. */
    public LinkConfiguration with(NetworkConfiguration other) {
        return new LinkConfiguration(
                name,
                role,
                lcp,
                mppe,
                startDelayMillis,
                lcpTimer,
                ccpTimer,
                ipcpTimer,
                login,
                echoTimer,
                other);
    }
}
