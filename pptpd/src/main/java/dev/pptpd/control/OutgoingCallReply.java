package dev.pptpd.control;

/**
 * The PAC answers an Outgoing-Call-Request.
 *
 * @param callId chosen by the sender of this reply; 0 when refused
 * @param peerCallId the call id of the request
 * @param resultCode see {@link OutgoingCallResult}
 * @param errorCode see {@link GeneralError}
 * @param causeCode further information on a refusal
 * @param connectSpeed actual line speed, bits a second
 * @param packetReceiveWindowSize packets that the sender buffers
 * @param packetProcessingDelay in units of 1/10 second
 * @param physicalChannelId for logs only
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-2.8 RFC 2637 section 2.8
 */
public record OutgoingCallReply(
        int callId,
        int peerCallId,
        int resultCode,
        int errorCode,
        int causeCode,
        long connectSpeed,
        int packetReceiveWindowSize,
        int packetProcessingDelay,
        long physicalChannelId)
        implements CallReply {
    private static final int CALL_ID = 12;
    private static final int PEER_CALL_ID = 14;
    private static final int RESULT_CODE = 16;
    private static final int ERROR_CODE = 17;
    private static final int CAUSE_CODE = 18;
    private static final int CONNECT_SPEED = 20;
    private static final int PACKET_RECEIVE_WINDOW_SIZE = 24;
    private static final int PACKET_PROCESSING_DELAY = 26;
    private static final int PHYSICAL_CHANNEL_ID = 28;

    /**
     * @throws IllegalArgumentException if a value does not fit its field
     */
    public OutgoingCallReply {
        FieldRange.requireUint16("callId", callId);
        FieldRange.requireUint16("peerCallId", peerCallId);
        FieldRange.requireUint8("resultCode", resultCode);
        FieldRange.requireUint8("errorCode", errorCode);
        FieldRange.requireUint16("causeCode", causeCode);
        FieldRange.requireUint32("connectSpeed", connectSpeed);
        FieldRange.requireUint16("packetReceiveWindowSize", packetReceiveWindowSize);
        FieldRange.requireUint16("packetProcessingDelay", packetProcessingDelay);
        FieldRange.requireUint32("physicalChannelId", physicalChannelId);
    }

    static OutgoingCallReply decode(MessageFields fields) {
        return new OutgoingCallReply(
                fields.uint16(CALL_ID),
                fields.uint16(PEER_CALL_ID),
                fields.uint8(RESULT_CODE),
                fields.uint8(ERROR_CODE),
                fields.uint16(CAUSE_CODE),
                fields.uint32(CONNECT_SPEED),
                fields.uint16(PACKET_RECEIVE_WINDOW_SIZE),
                fields.uint16(PACKET_PROCESSING_DELAY),
                fields.uint32(PHYSICAL_CHANNEL_ID));
    }

    void encode(MessageFields fields) {
        fields.uint16(CALL_ID, callId)
                .uint16(PEER_CALL_ID, peerCallId)
                .uint8(RESULT_CODE, resultCode)
                .uint8(ERROR_CODE, errorCode)
                .uint16(CAUSE_CODE, causeCode)
                .uint32(CONNECT_SPEED, connectSpeed)
                .uint16(PACKET_RECEIVE_WINDOW_SIZE, packetReceiveWindowSize)
                .uint16(PACKET_PROCESSING_DELAY, packetProcessingDelay)
                .uint32(PHYSICAL_CHANNEL_ID, physicalChannelId);
    }

    @Override
    public ControlMessageType type() {
        return ControlMessageType.OUTGOING_CALL_REPLY;
    }
}
