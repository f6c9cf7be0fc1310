package dev.pptpd.dataplane;

import dev.pptpd.session.InnerSources;
import java.nio.ByteBuffer;

/**
 * What a worker looks at in an IPv4 packet that comes out of a tunnel or goes into one.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc791#section-3.1 RFC 791 section 3.1
 */
final class InnerPacket {
    /** Octets of a header without options: the least that an IPv4 packet has. */
    static final int MIN_HEADER_OCTETS = 20;

    private static final int TOTAL_LENGTH = 2;
    private static final int PROTOCOL = 9;
    private static final int SOURCE = 12;
    private static final int DESTINATION = 16;
    private static final int GRE = 47;

    private InnerPacket() {}

    /**
     * Whether the packet between position and limit may pass: a whole IPv4 packet whose source is
     * permitted, and not the tunnel itself once more. Padding behind it is cut off.
     */
    static boolean mayPass(ByteBuffer packet, InnerSources sources, int tunnelAddress) {
        int at = packet.position();
        int octets = packet.remaining();
        if (octets < MIN_HEADER_OCTETS || packet.get(at) >> 4 != 4) {
            return false;
        }
        int headerOctets = (packet.get(at) & 0x0F) * Integer.BYTES;
        int totalOctets = packet.getShort(at + TOTAL_LENGTH) & 0xFFFF;
        if (headerOctets < MIN_HEADER_OCTETS
                || totalOctets < headerOctets
                || totalOctets > octets) {
            return false;
        }
        packet.limit(at + totalOctets);
        return sources.permit(packet.getInt(at + SOURCE)) && !isTunnel(packet, tunnelAddress);
    }

    /**
     * Whether the packet at the position, of 20 octets at least, is GRE for an end of the tunnel
     * that it goes through. It must pass in neither direction, at whichever end we are: one that
     * came out and is for our end would go to our own raw socket, as if it had come from outside
     * with the source that the far end wrote on it; and one that goes in for the far end is our own
     * output, caught by a route that leads to the peer through the tunnel, and would grow for ever.
     * TCP 1723 may pass: nobody opens a connection under a false address, and a peer reached
     * through its own tunnel is no loop.
     */
    static boolean isTunnel(ByteBuffer packet, int tunnelEnd) {
        int at = packet.position();
        return packet.get(at + PROTOCOL) == GRE && packet.getInt(at + DESTINATION) == tunnelEnd;
    }
}
