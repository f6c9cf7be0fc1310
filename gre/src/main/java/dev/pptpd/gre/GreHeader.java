package dev.pptpd.gre;

import java.nio.ByteBuffer;

/**
 * Wire view of the enhanced GRE header. A packet is a big-endian {@link ByteBuffer} whose position
 * is at the GRE header and whose limit is the end of the outer IP datagram. {@link #decode} is the
 * one check; the accessors may be used only after it said {@link GreHeaderVerdict#VALID} and cannot
 * fail then. Neither moves the position nor changes an octet.
 *
 * <p>Octets behind the payload are padding. Of the bits that must be zero, those that RFC 2637
 * calls Flags (0078) are sent as zero and not looked at: they change no layout, so a peer that sets
 * one is understood all the same. C, R and s announce fields that enhanced GRE does not have, and
 * recursion control belongs to a tunnel in a tunnel; no known peer sets any of them, and a packet
 * that has one is dropped, as the Linux kernel does.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-4.1 RFC 2637 section 4.1
 */
public final class GreHeader {
    /** The longest header: with sequence and acknowledgment number. Senders keep it as headroom. */
    public static final int MAX_OCTETS = 16;

    /** The most that the payload length field can say. */
    public static final int MAX_PAYLOAD_OCTETS = 0xFFFF;

    // Specification, section 4.1: offsets.
    private static final int FLAGS = 0;
    private static final int PROTOCOL_TYPE = 2;
    private static final int PAYLOAD_LENGTH = 4;
    private static final int CALL_ID = 6;
    private static final int NUMBERS = 8;
    private static final int NUMBER_OCTETS = 4;

    // Specification, section 4.1: the first word.
    private static final int KEY_PRESENT = 0x2000;
    private static final int SEQUENCE_PRESENT = 0x1000;
    private static final int ACKNOWLEDGMENT_PRESENT = 0x0080;
    private static final int CHECKSUM_ROUTING_STRICT_RECURSION = 0xCF00;
    private static final int VERSION_MASK = 0x0007;
    private static final int ENHANCED = 1;
    private static final int PPP = 0x880B;

    private GreHeader() {}

    /** Checks the whole header against the datagram. */
    public static GreHeaderVerdict decode(ByteBuffer packet) {
        if (packet.remaining() < NUMBERS) {
            return GreHeaderVerdict.TOO_SHORT;
        }
        int flags = flags(packet);
        if ((flags & VERSION_MASK) != ENHANCED) {
            return GreHeaderVerdict.WRONG_VERSION;
        }
        if (unsignedShort(packet, PROTOCOL_TYPE) != PPP) {
            return GreHeaderVerdict.WRONG_PROTOCOL;
        }
        if ((flags & KEY_PRESENT) == 0) {
            return GreHeaderVerdict.KEY_MISSING;
        }
        if ((flags & CHECKSUM_ROUTING_STRICT_RECURSION) != 0) {
            return GreHeaderVerdict.FORBIDDEN_FLAGS;
        }
        return decodePayload(packet);
    }

    private static GreHeaderVerdict decodePayload(ByteBuffer packet) {
        int behindHeader = packet.remaining() - headerOctets(packet);
        if (behindHeader < 0) {
            return GreHeaderVerdict.TOO_SHORT;
        }
        int payloadLength = payloadLength(packet);
        if (payloadLength > behindHeader) {
            return GreHeaderVerdict.PAYLOAD_BEYOND_DATAGRAM;
        }
        if (hasSequence(packet)) {
            return payloadLength == 0 ? GreHeaderVerdict.PAYLOAD_MISSING : GreHeaderVerdict.VALID;
        }
        if (payloadLength != 0) {
            return GreHeaderVerdict.SEQUENCE_MISSING;
        }
        return hasAcknowledgment(packet) ? GreHeaderVerdict.VALID : GreHeaderVerdict.EMPTY;
    }

    /** The call id that the receiver of this packet gave to the call, 0..65535. */
    public static int callId(ByteBuffer packet) {
        return unsignedShort(packet, CALL_ID);
    }

    /** Writes another call id, 0..65535, into a packet that is passed on; all else stays. */
    public static void replaceCallId(ByteBuffer packet, int callId) {
        packet.putShort(packet.position() + CALL_ID, (short) callId);
    }

    /** Octets of the PPP frame behind the header, 0..65535. */
    public static int payloadLength(ByteBuffer packet) {
        return unsignedShort(packet, PAYLOAD_LENGTH);
    }

    /** Whether the packet has a sequence number, which is the same as having a payload. */
    public static boolean hasSequence(ByteBuffer packet) {
        return (flags(packet) & SEQUENCE_PRESENT) != 0;
    }

    /** The number of this packet; only where {@link #hasSequence}. */
    public static int sequenceNumber(ByteBuffer packet) {
        return packet.getInt(packet.position() + NUMBERS);
    }

    /** Whether the packet acknowledges others. */
    public static boolean hasAcknowledgment(ByteBuffer packet) {
        return (flags(packet) & ACKNOWLEDGMENT_PRESENT) != 0;
    }

    /** The highest number that the sender received; only where {@link #hasAcknowledgment}. */
    public static int acknowledgmentNumber(ByteBuffer packet) {
        int offset = hasSequence(packet) ? NUMBERS + NUMBER_OCTETS : NUMBERS;
        return packet.getInt(packet.position() + offset);
    }

    /** Octets before the payload: 8, 12 or 16. */
    public static int headerOctets(ByteBuffer packet) {
        return headerOctets(flags(packet));
    }

    private static int headerOctets(int flags) {
        // Each of the two bits stands for one number of four octets.
        return NUMBERS
                + NUMBER_OCTETS
                        * Integer.bitCount(flags & (SEQUENCE_PRESENT | ACKNOWLEDGMENT_PRESENT));
    }

    /**
     * Writes the header of a data packet in front of {@code frame}, whose {@code position..limit}
     * is the payload, 1..65535 octets. The position moves back by 12 octets of headroom.
     */
    public static void encodeData(ByteBuffer frame, int callId, int sequenceNumber) {
        int start = prepend(frame, KEY_PRESENT | SEQUENCE_PRESENT | ENHANCED, callId);
        frame.putInt(start + NUMBERS, sequenceNumber);
    }

    /** As the shorter form, with a piggybacked acknowledgment; takes 16 octets of headroom. */
    public static void encodeData(
            ByteBuffer frame, int callId, int sequenceNumber, int acknowledgmentNumber) {
        int flags = KEY_PRESENT | SEQUENCE_PRESENT | ACKNOWLEDGMENT_PRESENT | ENHANCED;
        int start = prepend(frame, flags, callId);
        frame.putInt(start + NUMBERS, sequenceNumber);
        frame.putInt(start + NUMBERS + NUMBER_OCTETS, acknowledgmentNumber);
    }

    /**
     * Writes an acknowledgment without payload into the 12 octets in front of the position of
     * {@code slot}, and frames it by position and limit.
     */
    public static void encodeAcknowledgment(ByteBuffer slot, int callId, int acknowledgmentNumber) {
        slot.limit(slot.position());
        int start = prepend(slot, KEY_PRESENT | ACKNOWLEDGMENT_PRESENT | ENHANCED, callId);
        slot.putInt(start + NUMBERS, acknowledgmentNumber);
    }

    private static int prepend(ByteBuffer frame, int flags, int callId) {
        int payloadLength = frame.remaining();
        int start = frame.position() - headerOctets(flags);
        frame.position(start);
        frame.putShort(start + FLAGS, (short) flags);
        frame.putShort(start + PROTOCOL_TYPE, (short) PPP);
        frame.putShort(start + PAYLOAD_LENGTH, (short) payloadLength);
        frame.putShort(start + CALL_ID, (short) callId);
        return start;
    }

    private static int flags(ByteBuffer packet) {
        return unsignedShort(packet, FLAGS);
    }

    private static int unsignedShort(ByteBuffer packet, int offset) {
        return Short.toUnsignedInt(packet.getShort(packet.position() + offset));
    }
}
