package dev.pptpd.control;

/**
 * Asks for a control connection; the first message of the side that opened TCP.
 *
 * @param protocolVersion {@code 0x0100} is version 1.0
 * @param framingCapabilities 1 asynchronous, 2 synchronous
 * @param bearerCapabilities 1 analog, 2 digital
 * @param maximumChannels sessions that a PAC supports; 0 from a PNS
 * @param firmwareRevision the sender's firmware, or Windows build, number
 * @param hostName often empty
 * @param vendorName the sender's make
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-2.1 RFC 2637 section 2.1
 */
public record StartControlConnectionRequest(
        int protocolVersion,
        long framingCapabilities,
        long bearerCapabilities,
        int maximumChannels,
        int firmwareRevision,
        TextField hostName,
        TextField vendorName)
        implements ConnectionMessage {
    private static final int PROTOCOL_VERSION = 12;
    private static final int FRAMING_CAPABILITIES = 16;
    private static final int BEARER_CAPABILITIES = 20;
    private static final int MAXIMUM_CHANNELS = 24;
    private static final int FIRMWARE_REVISION = 26;
    private static final int HOST_NAME = 28;
    private static final int VENDOR_NAME = 92;

    private static final int NAME_OCTETS = 64;

    /**
     * @throws IllegalArgumentException if a value does not fit its field
     */
    public StartControlConnectionRequest {
        FieldRange.requireUint16("protocolVersion", protocolVersion);
        FieldRange.requireUint32("framingCapabilities", framingCapabilities);
        FieldRange.requireUint32("bearerCapabilities", bearerCapabilities);
        FieldRange.requireUint16("maximumChannels", maximumChannels);
        FieldRange.requireUint16("firmwareRevision", firmwareRevision);
        hostName.requireWidth("hostName", NAME_OCTETS);
        vendorName.requireWidth("vendorName", NAME_OCTETS);
    }

    static StartControlConnectionRequest decode(MessageFields fields) {
        return new StartControlConnectionRequest(
                fields.uint16(PROTOCOL_VERSION),
                fields.uint32(FRAMING_CAPABILITIES),
                fields.uint32(BEARER_CAPABILITIES),
                fields.uint16(MAXIMUM_CHANNELS),
                fields.uint16(FIRMWARE_REVISION),
                TextField.zeroTerminated(fields.octets(HOST_NAME, NAME_OCTETS)),
                TextField.zeroTerminated(fields.octets(VENDOR_NAME, NAME_OCTETS)));
    }

    void encode(MessageFields fields) {
        fields.uint16(PROTOCOL_VERSION, protocolVersion)
                .uint32(FRAMING_CAPABILITIES, framingCapabilities)
                .uint32(BEARER_CAPABILITIES, bearerCapabilities)
                .uint16(MAXIMUM_CHANNELS, maximumChannels)
                .uint16(FIRMWARE_REVISION, firmwareRevision)
                .octets(HOST_NAME, hostName.octets())
                .octets(VENDOR_NAME, vendorName.octets());
    }

    @Override
    public ControlMessageType type() {
        return ControlMessageType.START_CONTROL_CONNECTION_REQUEST;
    }
}
