package dev.pptpd.inner;

import java.nio.ByteBuffer;

/**
 * What Windows and others ask everybody on their network: NetBIOS names and datagrams, SSDP, LLMNR,
 * mDNS and WS-Discovery. Behind a tunnel is nobody who could answer.
 */
public final class NeighbourSearch {
    private static final int BROADCAST = -1;
    private static final int MULTICAST = 0xE;

    private NeighbourSearch() {}

    /**
     * Whether the packet is one. Allocates nothing.
     *
     * @param packet a whole IPv4 packet between position and limit
     */
    public static boolean matches(ByteBuffer packet) {
        int destination = UdpPacket.destination(packet);
        return (destination == BROADCAST || destination >>> 28 == MULTICAST)
                && UdpPacket.isWhole(packet)
                && isSearch(UdpPacket.destinationPort(packet));
    }

    private static boolean isSearch(int port) {
        return switch (port) {
            case 137, 138, 1900, 3702, 5353, 5355 -> true;
            default -> false;
        };
    }
}
