package dev.pptpd.control;

/**
 * Asks whether the peer is alive.
 *
 * @param identifier chosen by the sender, comes back in the reply
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-2.5 RFC 2637 section 2.5
 */
public record EchoRequest(long identifier) implements ConnectionMessage {
    private static final int IDENTIFIER = 12;

    /**
     * @throws IllegalArgumentException if a value does not fit its field
     */
    public EchoRequest {
        FieldRange.requireUint32("identifier", identifier);
    }

    static EchoRequest decode(MessageFields fields) {
        return new EchoRequest(fields.uint32(IDENTIFIER));
    }

    void encode(MessageFields fields) {
        fields.uint32(IDENTIFIER, identifier);
    }

    @Override
    public ControlMessageType type() {
        return ControlMessageType.ECHO_REQUEST;
    }
}
