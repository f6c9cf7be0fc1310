package dev.pptpd.session;

/**
 * What a session carried: IP packets and their octets, without PPP, MPPE and GRE.
 *
 * @param greFrames PPP frames that came from the peer, control packets included
 * @param acknowledgments of the peer for packets that we sent
 */
public record SessionTraffic(
        long packetsIn,
        long octetsIn,
        long packetsOut,
        long octetsOut,
        long greFrames,
        long acknowledgments) {
    /** Nothing at all. */
    public static final SessionTraffic NONE = new SessionTraffic(0, 0, 0, 0, 0, 0);
}
