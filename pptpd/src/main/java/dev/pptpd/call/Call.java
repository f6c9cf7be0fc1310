package dev.pptpd.call;

import dev.pptpd.ppp.ipcp.Ipv4Address;

/**
 * One call of RFC 2637.
 *
 * @param callId our id, in the packets we receive
 * @param peerCallId the peer's id, 0..65535, in the packets we send; unique only for the peer
 * @param worker index of the worker that owns the call for life
 * @param peerAddress where its packets come from and go to
 * @param localAddress that the peer connected to, the source of our packets
 */
public record Call(
        CallId callId,
        int peerCallId,
        int worker,
        Ipv4Address peerAddress,
        Ipv4Address localAddress) {}
