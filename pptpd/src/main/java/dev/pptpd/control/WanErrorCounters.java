package dev.pptpd.control;

/**
 * Errors on the line of a call, counted since the call began, each 0..4294967295.
 *
 * @param crcErrors frames with a bad check sequence
 * @param framingErrors frames badly delimited
 * @param hardwareOverruns receive buffer overruns of the hardware
 * @param bufferOverruns overruns of buffers in memory
 * @param timeOutErrors time-outs
 * @param alignmentErrors alignment errors
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-2.14 RFC 2637 section 2.14
 */
public record WanErrorCounters(
        long crcErrors,
        long framingErrors,
        long hardwareOverruns,
        long bufferOverruns,
        long timeOutErrors,
        long alignmentErrors) {
    private static final int CRC_ERRORS = 16;
    private static final int FRAMING_ERRORS = 20;
    private static final int HARDWARE_OVERRUNS = 24;
    private static final int BUFFER_OVERRUNS = 28;
    private static final int TIME_OUT_ERRORS = 32;
    private static final int ALIGNMENT_ERRORS = 36;

    /**
     * @throws IllegalArgumentException if a value does not fit its field
     */
    public WanErrorCounters {
        FieldRange.requireUint32("crcErrors", crcErrors);
        FieldRange.requireUint32("framingErrors", framingErrors);
        FieldRange.requireUint32("hardwareOverruns", hardwareOverruns);
        FieldRange.requireUint32("bufferOverruns", bufferOverruns);
        FieldRange.requireUint32("timeOutErrors", timeOutErrors);
        FieldRange.requireUint32("alignmentErrors", alignmentErrors);
    }

    static WanErrorCounters decode(MessageFields fields) {
        return new WanErrorCounters(
                fields.uint32(CRC_ERRORS),
                fields.uint32(FRAMING_ERRORS),
                fields.uint32(HARDWARE_OVERRUNS),
                fields.uint32(BUFFER_OVERRUNS),
                fields.uint32(TIME_OUT_ERRORS),
                fields.uint32(ALIGNMENT_ERRORS));
    }

    void encode(MessageFields fields) {
        fields.uint32(CRC_ERRORS, crcErrors)
                .uint32(FRAMING_ERRORS, framingErrors)
                .uint32(HARDWARE_OVERRUNS, hardwareOverruns)
                .uint32(BUFFER_OVERRUNS, bufferOverruns)
                .uint32(TIME_OUT_ERRORS, timeOutErrors)
                .uint32(ALIGNMENT_ERRORS, alignmentErrors);
    }
}
