package dev.pptpd.control;

/**
 * Answers a Start-Control-Connection-Request.
 *
 * @param protocolVersion the version the sender wants to use
 * @param resultCode see {@link StartControlConnectionResult}
 * @param errorCode see {@link GeneralError}
 * @param framingCapabilities 1 asynchronous, 2 synchronous
 * @param bearerCapabilities 1 analog, 2 digital
 * @param maximumChannels sessions that a PAC supports
 * @param firmwareRevision the sender's firmware number
 * @param hostName may be empty
 * @param vendorName the sender's make
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-2.2 RFC 2637 section 2.2
 */
public record StartControlConnectionReply(
        int protocolVersion,
        int resultCode,
        int errorCode,
        long framingCapabilities,
        long bearerCapabilities,
        int maximumChannels,
        int firmwareRevision,
        TextField hostName,
        TextField vendorName)
        implements ConnectionMessage {
    private static final int PROTOCOL_VERSION = 12;
    private static final int RESULT_CODE = 14;
    private static final int ERROR_CODE = 15;
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
    public StartControlConnectionReply {
        FieldRange.requireUint16("protocolVersion", protocolVersion);
        FieldRange.requireUint8("resultCode", resultCode);
        FieldRange.requireUint8("errorCode", errorCode);
        FieldRange.requireUint32("framingCapabilities", framingCapabilities);
        FieldRange.requireUint32("bearerCapabilities", bearerCapabilities);
        FieldRange.requireUint16("maximumChannels", maximumChannels);
        FieldRange.requireUint16("firmwareRevision", firmwareRevision);
        hostName.requireWidth("hostName", NAME_OCTETS);
        vendorName.requireWidth("vendorName", NAME_OCTETS);
    }

    static StartControlConnectionReply decode(MessageFields fields) {
        return new StartControlConnectionReply(
                fields.uint16(PROTOCOL_VERSION),
                fields.uint8(RESULT_CODE),
                fields.uint8(ERROR_CODE),
                fields.uint32(FRAMING_CAPABILITIES),
                fields.uint32(BEARER_CAPABILITIES),
                fields.uint16(MAXIMUM_CHANNELS),
                fields.uint16(FIRMWARE_REVISION),
                TextField.zeroTerminated(fields.octets(HOST_NAME, NAME_OCTETS)),
                TextField.zeroTerminated(fields.octets(VENDOR_NAME, NAME_OCTETS)));
    }

    void encode(MessageFields fields) {
        fields.uint16(PROTOCOL_VERSION, protocolVersion)
                .uint8(RESULT_CODE, resultCode)
                .uint8(ERROR_CODE, errorCode)
                .uint32(FRAMING_CAPABILITIES, framingCapabilities)
                .uint32(BEARER_CAPABILITIES, bearerCapabilities)
                .uint16(MAXIMUM_CHANNELS, maximumChannels)
                .uint16(FIRMWARE_REVISION, firmwareRevision)
                .octets(HOST_NAME, hostName.octets())
                .octets(VENDOR_NAME, vendorName.octets());
    }

    @Override
    public ControlMessageType type() {
        return ControlMessageType.START_CONTROL_CONNECTION_REPLY;
    }

    /** Whether the connection is granted. Android and macOS take 0 for it as well as 1. */
    boolean isGranted() {
        return resultCode == 0
                || resultCode == StartControlConnectionResult.SUCCESSFUL.wireNumber();
    }

    /** What a refusal means for the connection. */
    ControlCloseReason closeReason() {
        return resultCode
                        == StartControlConnectionResult.PROTOCOL_VERSION_NOT_SUPPORTED.wireNumber()
                ? ControlCloseReason.PROTOCOL_VERSION_NOT_SUPPORTED
                : ControlCloseReason.START_REFUSED;
    }

    /** A phrase for the operator: why it is not granted. */
    String refusal() {
        String words =
                StartControlConnectionResult.of(resultCode)
                        .map(result ->
                                switch (result) {
                                    case GENERAL_ERROR -> GeneralError.phrase(errorCode);
                                    case CHANNEL_EXISTS -> "a control connection exists already";
                                    case NOT_AUTHORIZED -> "not authorized";
                                    case PROTOCOL_VERSION_NOT_SUPPORTED ->
                                            "protocol version not supported";
                                    case SUCCESSFUL -> "granted";
                                })
                        .orElse("unknown result");
        return words + ", result " + resultCode + ", error " + errorCode;
    }
}
