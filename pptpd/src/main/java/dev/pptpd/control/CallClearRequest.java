package dev.pptpd.control;

/**
 * The PNS asks the PAC to disconnect a call.
 *
 * @param callId the sender's own call id
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-2.12 RFC 2637 section 2.12
 */
public record CallClearRequest(int callId) implements CallMessage {
    private static final int CALL_ID = 12;

    /**
     * @throws IllegalArgumentException if a value does not fit its field
     */
    public CallClearRequest {
        FieldRange.requireUint16("callId", callId);
    }

    static CallClearRequest decode(MessageFields fields) {
        return new CallClearRequest(fields.uint16(CALL_ID));
    }

    void encode(MessageFields fields) {
        fields.uint16(CALL_ID, callId);
    }

    @Override
    public ControlMessageType type() {
        return ControlMessageType.CALL_CLEAR_REQUEST;
    }
}
