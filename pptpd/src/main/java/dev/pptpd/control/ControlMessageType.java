package dev.pptpd.control;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The control messages of RFC 2637, each with its number and its one valid length.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-2 RFC 2637 section 2
 */
public enum ControlMessageType {
    START_CONTROL_CONNECTION_REQUEST(1, 156),
    START_CONTROL_CONNECTION_REPLY(2, 156),
    STOP_CONTROL_CONNECTION_REQUEST(3, 16),
    STOP_CONTROL_CONNECTION_REPLY(4, 16),
    ECHO_REQUEST(5, 16),
    ECHO_REPLY(6, 20),
    OUTGOING_CALL_REQUEST(7, 168),
    OUTGOING_CALL_REPLY(8, 32),
    INCOMING_CALL_REQUEST(9, 220),
    INCOMING_CALL_REPLY(10, 24),
    INCOMING_CALL_CONNECTED(11, 28),
    CALL_CLEAR_REQUEST(12, 16),
    CALL_DISCONNECT_NOTIFY(13, 148),
    WAN_ERROR_NOTIFY(14, 40),
    SET_LINK_INFO(15, 24);

    /** Octets of the longest message that RFC 2637 knows. */
    static final int LONGEST_OCTETS = 220;

    private static final @Nullable ControlMessageType[] BY_NUMBER = byNumber();

    private final int number;
    private final int lengthOctets;

    ControlMessageType(int number, int lengthOctets) {
        this.number = number;
        this.lengthOctets = lengthOctets;
    }

    /** The control message type field, 1..15. */
    public int number() {
        return number;
    }

    /** The only valid value of the length field, header included. */
    public int lengthOctets() {
        return lengthOctets;
    }

    /** The type with this number; empty for what RFC 2637 does not know. */
    static Optional<ControlMessageType> of(int number) {
        return number < BY_NUMBER.length
                ? Optional.ofNullable(BY_NUMBER[number])
                : Optional.empty();
    }

    private static @Nullable ControlMessageType[] byNumber() {
        var types = new @Nullable ControlMessageType[values().length + 1];
        for (var type : values()) {
            types[type.number] = type;
        }
        return types;
    }
}
