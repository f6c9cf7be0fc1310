package dev.pptpd.emulator;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * One enhanced GRE packet without its IP header.
 *
 * @param callId the identifier that the receiver of the packet gave to the call
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-4.1 RFC 2637 section 4.1
 */
public record GrePacket(
        int callId, OptionalInt sequence, OptionalInt acknowledgment, Octets payload) {
    private static final int KEY_PRESENT_VERSION_1 = 0x2001;
    private static final int SEQUENCE_PRESENT = 0x1000;
    private static final int ACKNOWLEDGMENT_PRESENT = 0x0080;
    private static final int PROTOCOL_PPP = 0x880B;
    private static final int FIXED_LENGTH = 8;

    /** The wire form. */
    public Octets encode() {
        int flags = KEY_PRESENT_VERSION_1;
        flags |= sequence.isPresent() ? SEQUENCE_PRESENT : 0;
        flags |= acknowledgment.isPresent() ? ACKNOWLEDGMENT_PRESENT : 0;
        var writer =
                new OctetWriter().u16(flags).u16(PROTOCOL_PPP).u16(payload.length()).u16(callId);
        sequence.ifPresent(writer::u32);
        acknowledgment.ifPresent(writer::u32);
        return writer.octets(payload).toOctets();
    }

    /** Decodes the packet, or nothing when it is not enhanced GRE or cut short. */
    public static Optional<GrePacket> decode(Octets packet) {
        if (packet.length() < FIXED_LENGTH || packet.u16(2) != PROTOCOL_PPP) {
            return Optional.empty();
        }
        int flags = packet.u16(0);
        if ((flags & ~(SEQUENCE_PRESENT | ACKNOWLEDGMENT_PRESENT)) != KEY_PRESENT_VERSION_1) {
            return Optional.empty();
        }
        boolean hasSequence = (flags & SEQUENCE_PRESENT) != 0;
        boolean hasAcknowledgment = (flags & ACKNOWLEDGMENT_PRESENT) != 0;
        int acknowledgmentAt = FIXED_LENGTH + (hasSequence ? 4 : 0);
        int payloadAt = acknowledgmentAt + (hasAcknowledgment ? 4 : 0);
        int end = payloadAt + packet.u16(4);
        if (end > packet.length()) {
            return Optional.empty();
        }
        return Optional.of(
                new GrePacket(
                        packet.u16(6),
                        hasSequence
                                ? OptionalInt.of(packet.u32(FIXED_LENGTH))
                                : OptionalInt.empty(),
                        hasAcknowledgment
                                ? OptionalInt.of(packet.u32(acknowledgmentAt))
                                : OptionalInt.empty(),
                        packet.slice(payloadAt, end)));
    }
}
