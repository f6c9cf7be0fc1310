package dev.pptpd.control;

/**
 * Answers an Echo-Request.
 *
 * @param identifier that of the request
 * @param resultCode 1 valid, 2 general error
 * @param errorCode see {@link GeneralError}
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-2.6 RFC 2637 section 2.6
 */
public record EchoReply(long identifier, int resultCode, int errorCode)
        implements ConnectionMessage {
    private static final int IDENTIFIER = 12;
    private static final int RESULT_CODE = 16;
    private static final int ERROR_CODE = 17;

    /**
     * @throws IllegalArgumentException if a value does not fit its field
     */
    public EchoReply {
        FieldRange.requireUint32("identifier", identifier);
        FieldRange.requireUint8("resultCode", resultCode);
        FieldRange.requireUint8("errorCode", errorCode);
    }

    static EchoReply decode(MessageFields fields) {
        return new EchoReply(
                fields.uint32(IDENTIFIER), fields.uint8(RESULT_CODE), fields.uint8(ERROR_CODE));
    }

    void encode(MessageFields fields) {
        fields.uint32(IDENTIFIER, identifier)
                .uint8(RESULT_CODE, resultCode)
                .uint8(ERROR_CODE, errorCode);
    }

    @Override
    public ControlMessageType type() {
        return ControlMessageType.ECHO_REPLY;
    }
}
