package dev.pptpd.control;

/**
 * The PAC tells the PNS of a ringing line.
 *
 * @param callId chosen by the sender
 * @param callSerialNumber the sender's number of this call, for logs
 * @param callBearerType 1 analog, 2 digital
 * @param physicalChannelId for logs only
 * @param dialedNumber the first Dialed-Number-Length octets of the field
 * @param dialingNumber the first Dialing-Number-Length octets of the field
 * @param subaddress binary
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-2.9 RFC 2637 section 2.9
 */
public record IncomingCallRequest(
        int callId,
        int callSerialNumber,
        long callBearerType,
        long physicalChannelId,
        TextField dialedNumber,
        TextField dialingNumber,
        Subaddress subaddress)
        implements CallRequest {
    private static final int CALL_ID = 12;
    private static final int CALL_SERIAL_NUMBER = 14;
    private static final int CALL_BEARER_TYPE = 16;
    private static final int PHYSICAL_CHANNEL_ID = 20;
    private static final int DIALED_NUMBER_LENGTH = 24;
    private static final int DIALED_NUMBER = 28;
    private static final int DIALING_NUMBER_LENGTH = 26;
    private static final int DIALING_NUMBER = 92;
    private static final int SUBADDRESS = 156;

    private static final int NUMBER_OCTETS = 64;

    /**
     * @throws IllegalArgumentException if a value does not fit its field
     */
    public IncomingCallRequest {
        FieldRange.requireUint16("callId", callId);
        FieldRange.requireUint16("callSerialNumber", callSerialNumber);
        FieldRange.requireUint32("callBearerType", callBearerType);
        FieldRange.requireUint32("physicalChannelId", physicalChannelId);
        dialedNumber.requireWidth("dialedNumber", NUMBER_OCTETS);
        dialingNumber.requireWidth("dialingNumber", NUMBER_OCTETS);
    }

    /**
     * A request that tells no numbers.
     *
     * @param callId ours, 1..65535
     */
    public static IncomingCallRequest of(int callId, int callSerialNumber) {
        return new IncomingCallRequest(
                callId, callSerialNumber, 2, 0, TextField.EMPTY, TextField.EMPTY, Subaddress.NONE);
    }

    static IncomingCallRequest decode(MessageFields fields) {
        return new IncomingCallRequest(
                fields.uint16(CALL_ID),
                fields.uint16(CALL_SERIAL_NUMBER),
                fields.uint32(CALL_BEARER_TYPE),
                fields.uint32(PHYSICAL_CHANNEL_ID),
                TextField.counted(
                        fields.octets(DIALED_NUMBER, NUMBER_OCTETS),
                        fields.uint16(DIALED_NUMBER_LENGTH)),
                TextField.counted(
                        fields.octets(DIALING_NUMBER, NUMBER_OCTETS),
                        fields.uint16(DIALING_NUMBER_LENGTH)),
                Subaddress.of(fields.octets(SUBADDRESS, Subaddress.WIDTH_OCTETS)));
    }

    void encode(MessageFields fields) {
        fields.uint16(CALL_ID, callId)
                .uint16(CALL_SERIAL_NUMBER, callSerialNumber)
                .uint32(CALL_BEARER_TYPE, callBearerType)
                .uint32(PHYSICAL_CHANNEL_ID, physicalChannelId)
                .uint16(DIALED_NUMBER_LENGTH, dialedNumber.length())
                .octets(DIALED_NUMBER, dialedNumber.octets())
                .uint16(DIALING_NUMBER_LENGTH, dialingNumber.length())
                .octets(DIALING_NUMBER, dialingNumber.octets())
                .octets(SUBADDRESS, subaddress.octets());
    }

    @Override
    public ControlMessageType type() {
        return ControlMessageType.INCOMING_CALL_REQUEST;
    }
}
