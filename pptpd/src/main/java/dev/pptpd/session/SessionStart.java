package dev.pptpd.session;

import dev.pptpd.ppp.ipcp.Ipv4Address;
import dev.pptpd.ppp.link.LinkConfiguration;

/**
 * What a worker needs to begin a session.
 *
 * @param id of the session, for the log
 * @param callId ours, 1..65535; its low bits name the worker
 * @param peerCallId the peer's
 * @param peerReceiveWindow packets that the peer said it buffers, 0..65535
 * @param peer where GRE comes from and goes to
 * @param local where the peer connected to: the source of our GRE packets
 */
public record SessionStart(
        String id,
        int callId,
        int peerCallId,
        int peerReceiveWindow,
        Ipv4Address peer,
        Ipv4Address local,
        LinkConfiguration link) {}
