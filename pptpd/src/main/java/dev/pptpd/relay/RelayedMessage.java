package dev.pptpd.relay;

import dev.pptpd.control.ControlFault;
import dev.pptpd.control.ControlMessage;
import java.nio.ByteBuffer;

/** What {@link MessageFramer} found next in the octets of one end. */
sealed interface RelayedMessage {
    /**
     * A whole message, as its fields and as its octets.
     *
     * @param octets from position 0 to limit; a copy that belongs to the receiver
     */
    record Known(ControlMessage message, ByteBuffer octets) implements RelayedMessage {}

    /** A whole message of a type that RFC 2637 does not know. */
    record Unknown(ByteBuffer octets) implements RelayedMessage {}

    /** Nothing of what follows can be understood. */
    record Malformed(ControlFault fault) implements RelayedMessage {}

    /** All octets are taken and a message is still to be completed. */
    record Incomplete() implements RelayedMessage {}
}
