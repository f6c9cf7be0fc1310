package dev.pptpd.control;

/**
 * Answers a Stop-Control-Connection-Request.
 *
 * @param resultCode 1 closed, 2 general error
 * @param errorCode see {@link GeneralError}
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-2.4 RFC 2637 section 2.4
 */
public record StopControlConnectionReply(int resultCode, int errorCode)
        implements ConnectionMessage {
    private static final int RESULT_CODE = 12;
    private static final int ERROR_CODE = 13;

    /**
     * @throws IllegalArgumentException if a value does not fit its field
     */
    public StopControlConnectionReply {
        FieldRange.requireUint8("resultCode", resultCode);
        FieldRange.requireUint8("errorCode", errorCode);
    }

    static StopControlConnectionReply decode(MessageFields fields) {
        return new StopControlConnectionReply(fields.uint8(RESULT_CODE), fields.uint8(ERROR_CODE));
    }

    void encode(MessageFields fields) {
        fields.uint8(RESULT_CODE, resultCode).uint8(ERROR_CODE, errorCode);
    }

    @Override
    public ControlMessageType type() {
        return ControlMessageType.STOP_CONTROL_CONNECTION_REPLY;
    }
}
