package dev.pptpd.control;

/**
 * The PAC reports errors on the line of a call, counted since the call began.
 *
 * @param peerCallId the receiver's call id
 * @param crcErrors frames with a bad check sequence
 * @param framingErrors frames badly delimited
 * @param hardwareOverruns receive buffer overruns of the hardware
 * @param bufferOverruns overruns of buffers in memory
 * @param timeOutErrors time-outs
 * @param alignmentErrors alignment errors
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-2.14 RFC 2637 section 2.14
 */
public record WanErrorNotify(
        int peerCallId,
        long crcErrors,
        long framingErrors,
        long hardwareOverruns,
        long bufferOverruns,
        long timeOutErrors,
        long alignmentErrors)
        implements ControlMessage {
    private static final int PEER_CALL_ID = 12;
    private static final int CRC_ERRORS = 16;
    private static final int FRAMING_ERRORS = 20;
    private static final int HARDWARE_OVERRUNS = 24;
    private static final int BUFFER_OVERRUNS = 28;
    private static final int TIME_OUT_ERRORS = 32;
    private static final int ALIGNMENT_ERRORS = 36;

    /**
     * @throws IllegalArgumentException if a value does not fit its field
     */
    public WanErrorNotify {
        FieldRange.requireUint16("peerCallId", peerCallId);
        FieldRange.requireUint32("crcErrors", crcErrors);
        FieldRange.requireUint32("framingErrors", framingErrors);
        FieldRange.requireUint32("hardwareOverruns", hardwareOverruns);
        FieldRange.requireUint32("bufferOverruns", bufferOverruns);
        FieldRange.requireUint32("timeOutErrors", timeOutErrors);
        FieldRange.requireUint32("alignmentErrors", alignmentErrors);
    }

    static WanErrorNotify decode(MessageFields fields) {
        return new WanErrorNotify(
                fields.uint16(PEER_CALL_ID),
                fields.uint32(CRC_ERRORS),
                fields.uint32(FRAMING_ERRORS),
                fields.uint32(HARDWARE_OVERRUNS),
                fields.uint32(BUFFER_OVERRUNS),
                fields.uint32(TIME_OUT_ERRORS),
                fields.uint32(ALIGNMENT_ERRORS));
    }

    void encode(MessageFields fields) {
        fields.uint16(PEER_CALL_ID, peerCallId)
                .uint32(CRC_ERRORS, crcErrors)
                .uint32(FRAMING_ERRORS, framingErrors)
                .uint32(HARDWARE_OVERRUNS, hardwareOverruns)
                .uint32(BUFFER_OVERRUNS, bufferOverruns)
                .uint32(TIME_OUT_ERRORS, timeOutErrors)
                .uint32(ALIGNMENT_ERRORS, alignmentErrors);
    }

    @Override
    public ControlMessageType type() {
        return ControlMessageType.WAN_ERROR_NOTIFY;
    }
}
