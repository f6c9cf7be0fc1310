package dev.pptpd.control;

/**
 * The PAC tells that a call is over.
 *
 * @param callId the sender's own call id
 * @param resultCode see {@link CallDisconnectResult}; Windows servers send 0
 * @param errorCode see {@link GeneralError}
 * @param causeCode further information, such as a Q.931 cause
 * @param callStatistics text for the log
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-2.13 RFC 2637 section 2.13
 */
public record CallDisconnectNotify(
        int callId, int resultCode, int errorCode, int causeCode, TextField callStatistics)
        implements CallMessage {
    private static final int CALL_ID = 12;
    private static final int RESULT_CODE = 14;
    private static final int ERROR_CODE = 15;
    private static final int CAUSE_CODE = 16;
    private static final int CALL_STATISTICS = 20;

    private static final int STATISTICS_OCTETS = 128;

    /**
     * @throws IllegalArgumentException if a value does not fit its field
     */
    public CallDisconnectNotify {
        FieldRange.requireUint16("callId", callId);
        FieldRange.requireUint8("resultCode", resultCode);
        FieldRange.requireUint8("errorCode", errorCode);
        FieldRange.requireUint16("causeCode", causeCode);
        callStatistics.requireWidth("callStatistics", STATISTICS_OCTETS);
    }

    static CallDisconnectNotify decode(MessageFields fields) {
        return new CallDisconnectNotify(
                fields.uint16(CALL_ID),
                fields.uint8(RESULT_CODE),
                fields.uint8(ERROR_CODE),
                fields.uint16(CAUSE_CODE),
                TextField.zeroTerminated(fields.octets(CALL_STATISTICS, STATISTICS_OCTETS)));
    }

    void encode(MessageFields fields) {
        fields.uint16(CALL_ID, callId)
                .uint8(RESULT_CODE, resultCode)
                .uint8(ERROR_CODE, errorCode)
                .uint16(CAUSE_CODE, causeCode)
                .octets(CALL_STATISTICS, callStatistics.octets());
    }

    @Override
    public ControlMessageType type() {
        return ControlMessageType.CALL_DISCONNECT_NOTIFY;
    }

    /** A phrase for the operator: why the call is over. */
    String reason() {
        String reason =
                CallDisconnectResult.of(resultCode)
                        .map(result ->
                                switch (result) {
                                    case LOST_CARRIER -> "lost carrier";
                                    case GENERAL_ERROR -> GeneralError.phrase(errorCode);
                                    case ADMIN_SHUTDOWN -> "administrative shutdown";
                                    case REQUEST -> "on request";
                                })
                        .orElse("result " + resultCode);
        return causeCode == 0 ? reason : reason + ", cause " + causeCode;
    }
}
