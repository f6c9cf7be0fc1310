package dev.pptpd.dataplane;

/**
 * What a worker dropped that belongs to no session, or harmed none.
 *
 * @param malformedPackets no enhanced GRE, or longer than a slot
 * @param unknownCallIds with a call id that no session has
 * @param wrongAddresses with the call id of a session but from another address than its peer's
 * @param refusedInnerPackets from inside a tunnel with a source that was not assigned, or no IPv4
 * @param deviceErrors packets that a TUN device did not take
 * @param refusedSends packets that the kernel did not send
 * @param neighbourSearches broadcasts of NetBIOS, SSDP and their like from inside a tunnel
 * @param dhcpAnswers DHCPINFORMs that were answered
 * @param tooBigPackets for a tunnel that carries no packet as large
 * @param relayedBroadcasts from inside a tunnel, handed to the relay
 * @param refusedBroadcasts more of them than one client may send, or the relay takes
 * @param rateLimitedPackets beyond what users may have in a second, either way
 */
public record WorkerCounters(
        long malformedPackets,
        long unknownCallIds,
        long wrongAddresses,
        long refusedInnerPackets,
        long deviceErrors,
        long refusedSends,
        long neighbourSearches,
        long dhcpAnswers,
        long tooBigPackets,
        long relayedBroadcasts,
        long refusedBroadcasts,
        long rateLimitedPackets) {}
