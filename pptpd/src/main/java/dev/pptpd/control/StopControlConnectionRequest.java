package dev.pptpd.control;

/**
 * Tells that the control connection is about to be closed, with all its calls.
 *
 * @param reason see {@link StopControlConnectionReason}
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-2.3 RFC 2637 section 2.3
 */
public record StopControlConnectionRequest(int reason) implements ConnectionMessage {
    private static final int REASON = 12;

    /**
     * @throws IllegalArgumentException if a value does not fit its field
     */
    public StopControlConnectionRequest {
        FieldRange.requireUint8("reason", reason);
    }

    static StopControlConnectionRequest decode(MessageFields fields) {
        return new StopControlConnectionRequest(fields.uint8(REASON));
    }

    void encode(MessageFields fields) {
        fields.uint8(REASON, reason);
    }

    @Override
    public ControlMessageType type() {
        return ControlMessageType.STOP_CONTROL_CONNECTION_REQUEST;
    }
}
