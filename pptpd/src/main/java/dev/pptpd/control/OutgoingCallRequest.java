package dev.pptpd.control;

/**
 * The PNS asks the PAC to place a call; how every PPTP client opens its tunnel.
 *
 * @param callId chosen by the sender; 0 is usual and legal
 * @param callSerialNumber the sender's number of this call, for logs
 * @param minimumBps lowest acceptable line speed, bits a second
 * @param maximumBps highest acceptable line speed, bits a second
 * @param bearerType 1 analog, 2 digital, 3 any
 * @param framingType 1 asynchronous, 2 synchronous, 3 either
 * @param packetReceiveWindowSize packets that the sender buffers
 * @param packetProcessingDelay in units of 1/10 second
 * @param phoneNumber the first Phone-Number-Length octets of the field
 * @param subaddress binary, with a GUID from Windows
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-2.7 RFC 2637 section 2.7
 */
public record OutgoingCallRequest(
        int callId,
        int callSerialNumber,
        long minimumBps,
        long maximumBps,
        long bearerType,
        long framingType,
        int packetReceiveWindowSize,
        int packetProcessingDelay,
        TextField phoneNumber,
        Subaddress subaddress)
        implements CallRequest {
    private static final int CALL_ID = 12;
    private static final int CALL_SERIAL_NUMBER = 14;
    private static final int MINIMUM_BPS = 16;
    private static final int MAXIMUM_BPS = 20;
    private static final int BEARER_TYPE = 24;
    private static final int FRAMING_TYPE = 28;
    private static final int PACKET_RECEIVE_WINDOW_SIZE = 32;
    private static final int PACKET_PROCESSING_DELAY = 34;
    private static final int PHONE_NUMBER_LENGTH = 36;
    private static final int PHONE_NUMBER = 40;
    private static final int SUBADDRESS = 104;

    private static final int NUMBER_OCTETS = 64;

    /**
     * @throws IllegalArgumentException if a value does not fit its field
     */
    public OutgoingCallRequest {
        FieldRange.requireUint16("callId", callId);
        FieldRange.requireUint16("callSerialNumber", callSerialNumber);
        FieldRange.requireUint32("minimumBps", minimumBps);
        FieldRange.requireUint32("maximumBps", maximumBps);
        FieldRange.requireUint32("bearerType", bearerType);
        FieldRange.requireUint32("framingType", framingType);
        FieldRange.requireUint16("packetReceiveWindowSize", packetReceiveWindowSize);
        FieldRange.requireUint16("packetProcessingDelay", packetProcessingDelay);
        phoneNumber.requireWidth("phoneNumber", NUMBER_OCTETS);
    }

    /**
     * A request as Windows makes it: any speed, any framing, no number.
     *
     * @param callId ours, 1..65535
     * @param packetReceiveWindowSize 1..65535 packets
     */
    public static OutgoingCallRequest of(
            int callId, int callSerialNumber, int packetReceiveWindowSize) {
        return new OutgoingCallRequest(
                callId,
                callSerialNumber,
                300,
                100_000_000,
                3,
                3,
                packetReceiveWindowSize,
                0,
                TextField.EMPTY,
                Subaddress.NONE);
    }

    static OutgoingCallRequest decode(MessageFields fields) {
        return new OutgoingCallRequest(
                fields.uint16(CALL_ID),
                fields.uint16(CALL_SERIAL_NUMBER),
                fields.uint32(MINIMUM_BPS),
                fields.uint32(MAXIMUM_BPS),
                fields.uint32(BEARER_TYPE),
                fields.uint32(FRAMING_TYPE),
                fields.uint16(PACKET_RECEIVE_WINDOW_SIZE),
                fields.uint16(PACKET_PROCESSING_DELAY),
                TextField.counted(
                        fields.octets(PHONE_NUMBER, NUMBER_OCTETS),
                        fields.uint16(PHONE_NUMBER_LENGTH)),
                Subaddress.of(fields.octets(SUBADDRESS, Subaddress.WIDTH_OCTETS)));
    }

    void encode(MessageFields fields) {
        fields.uint16(CALL_ID, callId)
                .uint16(CALL_SERIAL_NUMBER, callSerialNumber)
                .uint32(MINIMUM_BPS, minimumBps)
                .uint32(MAXIMUM_BPS, maximumBps)
                .uint32(BEARER_TYPE, bearerType)
                .uint32(FRAMING_TYPE, framingType)
                .uint16(PACKET_RECEIVE_WINDOW_SIZE, packetReceiveWindowSize)
                .uint16(PACKET_PROCESSING_DELAY, packetProcessingDelay)
                .uint16(PHONE_NUMBER_LENGTH, phoneNumber.length())
                .octets(PHONE_NUMBER, phoneNumber.octets())
                .octets(SUBADDRESS, subaddress.octets());
    }

    @Override
    public ControlMessageType type() {
        return ControlMessageType.OUTGOING_CALL_REQUEST;
    }
}
