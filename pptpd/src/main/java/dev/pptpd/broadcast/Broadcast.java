package dev.pptpd.broadcast;

import dev.pptpd.inner.UdpPacket;
import java.nio.ByteBuffer;

/**
 * A packet for everybody: UDP over IPv4 to a broadcast address, whatever its port, since games find
 * each other that way as Windows finds its neighbours by NetBIOS; and the search of SSDP. DHCP is
 * left out: a client that got an address from the network's server, or a host of the network one
 * from a client, would be lost. So are other multicasts, which are meant for one network alone, and
 * what comes in fragments.
 */
public final class Broadcast {
    /** The limited broadcast address, as 32 bits: everybody on this network. */
    public static final int EVERYBODY = -1;

    // Specification: UPnP Device Architecture 2.0 section 1.1
    private static final int SSDP_ADDRESS = 0xEFFF_FFFA;
    private static final int SSDP_PORT = 1_900;

    // Specification: RFC 2131 section 4.1
    private static final int DHCP_SERVER_PORT = 67;
    private static final int DHCP_CLIENT_PORT = 68;

    private static final int LOOPBACK = 127;
    private static final int MULTICAST = 0xE;

    private Broadcast() {}

    /**
     * Whether a packet is one. Allocates nothing.
     *
     * @param packet a whole IPv4 packet between position and limit
     * @param directed the broadcast addresses of the network, as 32 bits
     */
    public static boolean matches(ByteBuffer packet, int[] directed) {
        int destination = UdpPacket.destination(packet);
        boolean isForAll = destination == EVERYBODY || contains(directed, destination);
        return (isForAll || destination == SSDP_ADDRESS) && maySpread(packet, isForAll);
    }

    private static boolean contains(int[] addresses, int address) {
        for (int each : addresses) {
            if (each == address) {
                return true;
            }
        }
        return false;
    }

    private static boolean maySpread(ByteBuffer packet, boolean isForAll) {
        if (!isOfAHost(UdpPacket.source(packet)) || !UdpPacket.isWhole(packet)) {
            return false;
        }
        int port = UdpPacket.destinationPort(packet);
        return isForAll ? port != DHCP_SERVER_PORT && port != DHCP_CLIENT_PORT : port == SSDP_PORT;
    }

    private static boolean isOfAHost(int source) {
        return source >>> 24 != 0 && source >>> 24 != LOOPBACK && source >>> 28 < MULTICAST;
    }

    /**
     * Takes a hop from what a packet has left. The last one it keeps, with which Windows sends its
     * searches: {@link RecentPackets} ends what goes in circles.
     */
    static void age(ByteBuffer packet) {
        UdpPacket.hops(packet, Math.max(1, UdpPacket.hops(packet) - 1));
    }

    /**
     * Prepares a packet for the other side: a broadcast address becomes the one that means
     * everybody there. The sender stays, who is to be answered.
     *
     * @param everybody the broadcast address of the other side, as 32 bits
     */
    static void readdress(ByteBuffer packet, int everybody) {
        boolean isMulticast = UdpPacket.destination(packet) == SSDP_ADDRESS;
        UdpPacket.readdress(packet, isMulticast ? SSDP_ADDRESS : everybody);
    }
}
