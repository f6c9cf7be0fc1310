package dev.pptpd.ppp.link;

import dev.pptpd.ppp.auth.ChapTimer;
import dev.pptpd.ppp.ccp.MppePolicy;
import dev.pptpd.ppp.fsm.RestartTimer;
import dev.pptpd.ppp.lcp.EchoTimer;
import dev.pptpd.ppp.lcp.LcpConfiguration;

/**
 * How a link behaves.
 *
 * @param name ours, in the CHAP Challenge
 * @param lcp what LCP asks for
 * @param mppe whether data is encrypted
 * @param startDelayMillis from {@link PppLink#start} to the first LCP request, unless the peer
 *     speaks first. Windows loses a request that comes within 3 ms of the Outgoing-Call-Reply.
 */
public record LinkConfiguration(
        String name,
        LcpConfiguration lcp,
        MppePolicy mppe,
        int startDelayMillis,
        RestartTimer lcpTimer,
        RestartTimer ccpTimer,
        RestartTimer ipcpTimer,
        ChapTimer chapTimer,
        EchoTimer echoTimer) {}
