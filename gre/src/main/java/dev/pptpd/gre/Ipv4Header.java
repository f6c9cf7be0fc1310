package dev.pptpd.gre;

import java.nio.ByteBuffer;

/**
 * Wire view of the outer IPv4 header, which a raw socket delivers with each packet, reassembled up
 * to 65,535 octets and with the options that the sender put in. The packet is a big-endian {@link
 * ByteBuffer} whose position is at the IPv4 header and whose limit is the end of what was received.
 * {@link #decode} is the one check; after {@link Ipv4Verdict#VALID} no accessor can fail.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc791#section-3.1 RFC 791 section 3.1
 */
public final class Ipv4Header {
    /** Protocol number of GRE. */
    public static final int GRE = 47;

    // Specification, section 3.1.
    private static final int VERSION_AND_HEADER_LENGTH = 0;
    private static final int TOTAL_LENGTH = 2;
    private static final int PROTOCOL = 9;
    private static final int SOURCE_ADDRESS = 12;
    private static final int MIN_OCTETS = 20;
    private static final int WORD_OCTETS = 4;
    private static final int VERSION = 4;

    private Ipv4Header() {}

    /** Checks version and lengths. The checksum was the kernel's task. */
    public static Ipv4Verdict decode(ByteBuffer packet) {
        if (packet.remaining() < MIN_OCTETS) {
            return Ipv4Verdict.TOO_SHORT;
        }
        if ((packet.get(packet.position() + VERSION_AND_HEADER_LENGTH) & 0xF0) >> 4 != VERSION) {
            return Ipv4Verdict.WRONG_VERSION;
        }
        int headerOctets = headerOctets(packet);
        if (headerOctets < MIN_OCTETS || headerOctets > totalOctets(packet)) {
            return Ipv4Verdict.WRONG_HEADER_LENGTH;
        }
        return totalOctets(packet) > packet.remaining()
                ? Ipv4Verdict.TOTAL_LENGTH_BEYOND_BUFFER
                : Ipv4Verdict.VALID;
    }

    /** Octets before the payload, options included: 20..60. */
    public static int headerOctets(ByteBuffer packet) {
        return (packet.get(packet.position() + VERSION_AND_HEADER_LENGTH) & 0x0F) * WORD_OCTETS;
    }

    /** Octets of header and payload, up to 65,535. */
    public static int totalOctets(ByteBuffer packet) {
        return Short.toUnsignedInt(packet.getShort(packet.position() + TOTAL_LENGTH));
    }

    /** Protocol number of the payload, 0..255. */
    public static int protocol(ByteBuffer packet) {
        return Byte.toUnsignedInt(packet.get(packet.position() + PROTOCOL));
    }

    /** The sender's address, its first octet the most significant. */
    public static int sourceAddress(ByteBuffer packet) {
        return packet.getInt(packet.position() + SOURCE_ADDRESS);
    }

    /** Moves position and limit to the payload; padding behind the total length is left out. */
    public static void framePayload(ByteBuffer packet) {
        int start = packet.position();
        int headerOctets = headerOctets(packet);
        packet.limit(start + totalOctets(packet));
        packet.position(start + headerOctets);
    }
}
