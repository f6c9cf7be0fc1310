package dev.pptpd.control;

/**
 * What a control connection says of this end, and its limits.
 *
 * @param hostName of this end, up to 64 octets
 * @param vendorName of this end, up to 64 octets
 * @param firmwareRevision of this end, 0..65535
 * @param maximumCalls that one connection may have at a time, 1..65535
 * @param packetReceiveWindowSize told to the peer of each call, 1..65535 packets
 * @param timers how long to wait for what
 */
public record ControlConnectionSettings(
        TextField hostName,
        TextField vendorName,
        int firmwareRevision,
        int maximumCalls,
        int packetReceiveWindowSize,
        ControlTimers timers) {

    /**
     * Names and numbers of PoPToP, which every client has met, and one call a connection as there.
     */
    public static final ControlConnectionSettings DEFAULTS =
            new ControlConnectionSettings(
                    TextField.of("local"), TextField.of("linux"), 1, 1, 64, ControlTimers.DEFAULTS);

    /**
     * @throws IllegalArgumentException if a number is out of its range
     */
    public ControlConnectionSettings {
        FieldRange.requireUint16("firmwareRevision", firmwareRevision);
        FieldRange.requirePositiveUint16("maximumCalls", maximumCalls);
        FieldRange.requirePositiveUint16("packetReceiveWindowSize", packetReceiveWindowSize);
    }

    /** The same with other timers. */
    public ControlConnectionSettings withTimers(ControlTimers others) {
        return new ControlConnectionSettings(
                hostName,
                vendorName,
                firmwareRevision,
                maximumCalls,
                packetReceiveWindowSize,
                others);
    }
}
