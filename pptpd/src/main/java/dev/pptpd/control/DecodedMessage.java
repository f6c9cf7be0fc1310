package dev.pptpd.control;

/** What {@link ControlMessageDecoder} found next in the octet stream. */
public sealed interface DecodedMessage {
    /** A whole message of a known type and of that type's length. */
    record Known(ControlMessage message) implements DecodedMessage {}

    /** The header of a message of a type that RFC 2637 does not know; its body will be skipped. */
    record Unknown(int controlMessageType, int lengthOctets) implements DecodedMessage {}

    /** The stream is out of step and stays so: close the connection. */
    record Malformed(ControlFault fault) implements DecodedMessage {}

    /** All octets are taken and a message is still to be completed. */
    record Incomplete() implements DecodedMessage {}
}
