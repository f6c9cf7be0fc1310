package dev.pptpd.control;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the octet stream of a control connection into messages: many in one segment, or one over
 * many. A header is judged octet by octet, so that a bad length is seen before the rest is sent.
 * Not thread-safe; one per connection.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-2 RFC 2637 section 2
 */
public final class ControlMessageDecoder {
    /** Room for messages that some vendor may have added; none is known that is longer. */
    static final int DEFAULT_MAXIMUM_LENGTH_OCTETS = 1024;

    private static final MessageFields NONE = new MessageFields(ByteBuffer.allocate(0));
    private static final DecodedMessage.Incomplete INCOMPLETE = new DecodedMessage.Incomplete();

    private final int maximumLengthOctets;

    /** The message that is coming in; none between two messages, which may be hours apart. */
    private MessageFields fields = NONE;

    private int filledOctets;
    private int skipOctets;
    private @Nullable ControlFault fault;

    /** A decoder for messages of up to 1,024 octets. */
    public ControlMessageDecoder() {
        this(DEFAULT_MAXIMUM_LENGTH_OCTETS);
    }

    /**
     * A decoder for messages of up to {@code maximumLengthOctets}, 220..65535.
     *
     * @throws IllegalArgumentException if the maximum would shut out messages of RFC 2637
     */
    public ControlMessageDecoder(int maximumLengthOctets) {
        if (maximumLengthOctets < ControlMessageType.LONGEST_OCTETS) {
            throw new IllegalArgumentException("maximum length " + maximumLengthOctets);
        }
        this.maximumLengthOctets = maximumLengthOctets;
    }

    /**
     * Takes octets from {@code input} up to the end of the next message, its position moves there.
     * Call again while octets remain. The content of the buffer is neither kept nor changed. After
     * a fault everything is discarded and the same fault told again.
     */
    public DecodedMessage decode(ByteBuffer input) {
        skip(input);
        while (fault == null && input.hasRemaining()) {
            take(input);
            fault = headerFault();
            if (fault == null && filledOctets >= ControlHeader.OCTETS) {
                var type = ControlMessageType.of(fields.uint16(ControlHeader.CONTROL_MESSAGE_TYPE));
                if (type.isEmpty()) {
                    return beginSkipping(input);
                }
                if (filledOctets == type.get().lengthOctets()) {
                    ControlMessage message = decodeFields(type.get());
                    forget();
                    return new DecodedMessage.Known(message);
                }
            }
        }
        if (fault != null) {
            input.position(input.limit());
            return new DecodedMessage.Malformed(fault);
        }
        return INCOMPLETE;
    }

    /** Whether it is between two messages, and as good as a new one. */
    boolean isAtRest() {
        return filledOctets == 0 && skipOctets == 0 && fault == null;
    }

    /** Takes what is missing of the header, or, behind a sound header, of the message. */
    private void take(ByteBuffer input) {
        if (filledOctets == 0) {
            fields = new MessageFields(ByteBuffer.allocate(ControlMessageType.LONGEST_OCTETS));
        }
        int target =
                filledOctets < ControlHeader.OCTETS
                        ? ControlHeader.OCTETS
                        : fields.uint16(ControlHeader.LENGTH);
        int taken = Math.min(target - filledOctets, input.remaining());
        input.get(fields.message().array(), filledOctets, taken);
        filledOctets += taken;
    }

    /** The message is over. */
    private void forget() {
        filledOctets = 0;
        fields = NONE;
    }

    /** Judges as much of the header as has arrived: length before type, type before cookie. */
    private @Nullable ControlFault headerFault() {
        if (filledOctets < ControlHeader.PPTP_MESSAGE_TYPE) {
            return null;
        }
        int length = fields.uint16(ControlHeader.LENGTH);
        if (length < ControlHeader.OCTETS) {
            return ControlFault.LENGTH_BELOW_MINIMUM;
        }
        if (length > maximumLengthOctets) {
            return ControlFault.LENGTH_ABOVE_MAXIMUM;
        }
        if (filledOctets >= ControlHeader.MAGIC_COOKIE
                && fields.uint16(ControlHeader.PPTP_MESSAGE_TYPE)
                        != ControlHeader.CONTROL_MESSAGE) {
            return ControlFault.NOT_A_CONTROL_MESSAGE;
        }
        if (filledOctets >= ControlHeader.CONTROL_MESSAGE_TYPE
                && fields.uint32(ControlHeader.MAGIC_COOKIE) != ControlHeader.MAGIC) {
            return ControlFault.BAD_MAGIC_COOKIE;
        }
        return filledOctets >= ControlHeader.OCTETS ? lengthFault(length) : null;
    }

    private @Nullable ControlFault lengthFault(int length) {
        return ControlMessageType.of(fields.uint16(ControlHeader.CONTROL_MESSAGE_TYPE))
                        .filter(type -> type.lengthOctets() != length)
                        .isPresent()
                ? ControlFault.LENGTH_WRONG_FOR_TYPE
                : null;
    }

    private DecodedMessage beginSkipping(ByteBuffer input) {
        int length = fields.uint16(ControlHeader.LENGTH);
        int type = fields.uint16(ControlHeader.CONTROL_MESSAGE_TYPE);
        skipOctets = length - ControlHeader.OCTETS;
        forget();
        skip(input);
        return new DecodedMessage.Unknown(type, length);
    }

    private void skip(ByteBuffer input) {
        int skipped = Math.min(skipOctets, input.remaining());
        input.position(input.position() + skipped);
        skipOctets -= skipped;
    }

    private ControlMessage decodeFields(ControlMessageType type) {
        return switch (type) {
            case START_CONTROL_CONNECTION_REQUEST -> StartControlConnectionRequest.decode(fields);
            case START_CONTROL_CONNECTION_REPLY -> StartControlConnectionReply.decode(fields);
            case STOP_CONTROL_CONNECTION_REQUEST -> StopControlConnectionRequest.decode(fields);
            case STOP_CONTROL_CONNECTION_REPLY -> StopControlConnectionReply.decode(fields);
            case ECHO_REQUEST -> EchoRequest.decode(fields);
            case ECHO_REPLY -> EchoReply.decode(fields);
            case OUTGOING_CALL_REQUEST -> OutgoingCallRequest.decode(fields);
            case OUTGOING_CALL_REPLY -> OutgoingCallReply.decode(fields);
            case INCOMING_CALL_REQUEST -> IncomingCallRequest.decode(fields);
            case INCOMING_CALL_REPLY -> IncomingCallReply.decode(fields);
            case INCOMING_CALL_CONNECTED -> IncomingCallConnected.decode(fields);
            case CALL_CLEAR_REQUEST -> CallClearRequest.decode(fields);
            case CALL_DISCONNECT_NOTIFY -> CallDisconnectNotify.decode(fields);
            case WAN_ERROR_NOTIFY -> WanErrorNotify.decode(fields);
            case SET_LINK_INFO -> SetLinkInfo.decode(fields);
        };
    }
}
