package dev.pptpd.session;

import dev.pptpd.gre.GreCounters;

/**
 * What a session carried: IP packets and their octets, without PPP, MPPE and GRE.
 *
 * @param greFrames PPP frames that came from the peer, control packets included
 * @param gre what the tunnel counted
 */
public record SessionTraffic(
        long packetsIn,
        long octetsIn,
        long packetsOut,
        long octetsOut,
        long greFrames,
        GreCounters gre) {
    /** Nothing at all. */
    public static final SessionTraffic NONE = new SessionTraffic(0, 0, 0, 0, 0, GreCounters.NONE);
}
