package dev.pptpd.control;

/**
 * The PAC tells that it has answered the line of an accepted incoming call.
 *
 * @param peerCallId the receiver's call id
 * @param connectSpeed actual line speed, bits a second
 * @param packetReceiveWindowSize packets that the sender buffers
 * @param packetTransmitDelay in units of 1/10 second
 * @param framingType 1 asynchronous, 2 synchronous
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-2.11 RFC 2637 section 2.11
 */
public record IncomingCallConnected(
        int peerCallId,
        long connectSpeed,
        int packetReceiveWindowSize,
        int packetTransmitDelay,
        long framingType)
        implements CallMessage {
    private static final int PEER_CALL_ID = 12;
    private static final int CONNECT_SPEED = 16;
    private static final int PACKET_RECEIVE_WINDOW_SIZE = 20;
    private static final int PACKET_TRANSMIT_DELAY = 22;
    private static final int FRAMING_TYPE = 24;

    /**
     * @throws IllegalArgumentException if a value does not fit its field
     */
    public IncomingCallConnected {
        FieldRange.requireUint16("peerCallId", peerCallId);
        FieldRange.requireUint32("connectSpeed", connectSpeed);
        FieldRange.requireUint16("packetReceiveWindowSize", packetReceiveWindowSize);
        FieldRange.requireUint16("packetTransmitDelay", packetTransmitDelay);
        FieldRange.requireUint32("framingType", framingType);
    }

    static IncomingCallConnected decode(MessageFields fields) {
        return new IncomingCallConnected(
                fields.uint16(PEER_CALL_ID),
                fields.uint32(CONNECT_SPEED),
                fields.uint16(PACKET_RECEIVE_WINDOW_SIZE),
                fields.uint16(PACKET_TRANSMIT_DELAY),
                fields.uint32(FRAMING_TYPE));
    }

    void encode(MessageFields fields) {
        fields.uint16(PEER_CALL_ID, peerCallId)
                .uint32(CONNECT_SPEED, connectSpeed)
                .uint16(PACKET_RECEIVE_WINDOW_SIZE, packetReceiveWindowSize)
                .uint16(PACKET_TRANSMIT_DELAY, packetTransmitDelay)
                .uint32(FRAMING_TYPE, framingType);
    }

    @Override
    public ControlMessageType type() {
        return ControlMessageType.INCOMING_CALL_CONNECTED;
    }
}
