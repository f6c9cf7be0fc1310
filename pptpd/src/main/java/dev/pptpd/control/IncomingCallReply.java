package dev.pptpd.control;

/**
 * The PNS answers an Incoming-Call-Request.
 *
 * @param callId chosen by the sender of this reply; 0 when refused
 * @param peerCallId the call id of the request
 * @param resultCode see {@link IncomingCallResult}
 * @param errorCode see {@link GeneralError}
 * @param packetReceiveWindowSize packets that the sender buffers
 * @param packetTransmitDelay in units of 1/10 second
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-2.10 RFC 2637 section 2.10
 */
public record IncomingCallReply(
        int callId,
        int peerCallId,
        int resultCode,
        int errorCode,
        int packetReceiveWindowSize,
        int packetTransmitDelay)
        implements CallReply {
    private static final int CALL_ID = 12;
    private static final int PEER_CALL_ID = 14;
    private static final int RESULT_CODE = 16;
    private static final int ERROR_CODE = 17;
    private static final int PACKET_RECEIVE_WINDOW_SIZE = 18;
    private static final int PACKET_TRANSMIT_DELAY = 20;

    /**
     * @throws IllegalArgumentException if a value does not fit its field
     */
    public IncomingCallReply {
        FieldRange.requireUint16("callId", callId);
        FieldRange.requireUint16("peerCallId", peerCallId);
        FieldRange.requireUint8("resultCode", resultCode);
        FieldRange.requireUint8("errorCode", errorCode);
        FieldRange.requireUint16("packetReceiveWindowSize", packetReceiveWindowSize);
        FieldRange.requireUint16("packetTransmitDelay", packetTransmitDelay);
    }

    static IncomingCallReply decode(MessageFields fields) {
        return new IncomingCallReply(
                fields.uint16(CALL_ID),
                fields.uint16(PEER_CALL_ID),
                fields.uint8(RESULT_CODE),
                fields.uint8(ERROR_CODE),
                fields.uint16(PACKET_RECEIVE_WINDOW_SIZE),
                fields.uint16(PACKET_TRANSMIT_DELAY));
    }

    void encode(MessageFields fields) {
        fields.uint16(CALL_ID, callId)
                .uint16(PEER_CALL_ID, peerCallId)
                .uint8(RESULT_CODE, resultCode)
                .uint8(ERROR_CODE, errorCode)
                .uint16(PACKET_RECEIVE_WINDOW_SIZE, packetReceiveWindowSize)
                .uint16(PACKET_TRANSMIT_DELAY, packetTransmitDelay);
    }

    @Override
    public ControlMessageType type() {
        return ControlMessageType.INCOMING_CALL_REPLY;
    }
}
