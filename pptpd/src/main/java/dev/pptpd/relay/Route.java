package dev.pptpd.relay;

/**
 * Where the GRE packets of one end of one call go. IPv4 addresses have their first octet in the
 * highest bits.
 *
 * @param from the end that sends them
 * @param sourceAddress of that end; a packet from elsewhere is none of this call
 * @param destinationAddress of the other end
 * @param localAddress ours, that the other end knows us by
 * @param peerCallId the other end's own call id, 0..65535
 * @param traffic where they are counted
 */
public record Route(
        RelaySide from,
        int sourceAddress,
        int destinationAddress,
        int localAddress,
        int peerCallId,
        RelayTraffic traffic) {}
