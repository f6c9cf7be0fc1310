package dev.pptpd.dataplane;

import dev.pptpd.session.InnerSources;
import java.nio.ByteBuffer;

/**
 * What a worker looks at in an IPv4 packet that comes out of a tunnel.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc791#section-3.1 RFC 791 section 3.1
 */
final class InnerPacket {
    private static final int MIN_HEADER_OCTETS = 20;
    private static final int TOTAL_LENGTH = 2;
    private static final int PROTOCOL = 9;
    private static final int SOURCE = 12;
    private static final int DESTINATION = 16;
    private static final int GRE = 47;

    private InnerPacket() {}

    /**
     * Whether the packet between position and limit may pass: a whole IPv4 packet whose source is
     * the address that was assigned, and not one that leads back into the tunnel itself. Padding
     * behind it is cut off.
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
        boolean leadsBack =
                packet.get(at + PROTOCOL) == GRE
                        && packet.getInt(at + DESTINATION) == tunnelAddress;
        return sources.permit(packet.getInt(at + SOURCE)) && !leadsBack;
    }
}
