package dev.pptpd.limit;

/**
 * When a session ends although both sides are well. 0 stands for no limit.
 *
 * @param idleSeconds time without IP packets in either direction
 * @param maxConnectSeconds time since the session came up
 * @param maxOctets octets of IP packets that it may carry
 * @param direction which of them count
 * @param octetsCheckSeconds how often they are counted, at least 1
 */
public record SessionLimits(
        int idleSeconds,
        int maxConnectSeconds,
        long maxOctets,
        OctetDirection direction,
        int octetsCheckSeconds) {
    /** pppd's {@code mo-timeout}, unless the files say otherwise. */
    public static final int DEFAULT_OCTETS_CHECK_SECONDS = 1;

    /** No limit at all. */
    public static final SessionLimits NONE =
            new SessionLimits(0, 0, 0, OctetDirection.SUM, DEFAULT_OCTETS_CHECK_SECONDS);
}
