package dev.pptpd.control;

/**
 * What a control connection says of this end, and its limits.
 *
 * @param hostName of this end, up to 64 octets
 * @param vendorName of this end, up to 64 octets
 * @param firmwareRevision of this end, 0..65535
 * @param maximumCalls that one connection may have at a time, 1..65535, whoever places them
 * @param packetReceiveWindowSize told to the peer of each call, 1..65535 packets
 * @param sendsLinkInfo whether Set-Link-Info is ever sent: with each call that is connected, and
 *     for {@link ControlConnection#sendLinkInfo}
 * @param timers how long to wait for what
 */
public record ControlConnectionSettings(
        TextField hostName,
        TextField vendorName,
        int firmwareRevision,
        int maximumCalls,
        int packetReceiveWindowSize,
        boolean sendsLinkInfo,
        ControlTimers timers) {

    /**
     * Names and numbers of PoPToP, which every client has met, and one call a connection as there.
     * No Set-Link-Info: a router for homes is known to drop the connection over it.
     */
    public static final ControlConnectionSettings DEFAULTS =
            new ControlConnectionSettings(
                    TextField.of("local"),
                    TextField.of("linux"),
                    1,
                    1,
                    64,
                    false,
                    ControlTimers.DEFAULTS);

    /**
     * @throws IllegalArgumentException if a number is out of its range, or a name too long
     */
    public ControlConnectionSettings {
        hostName.requireWidth("hostName", TextField.NAME_OCTETS);
        vendorName.requireWidth("vendorName", TextField.NAME_OCTETS);
        FieldRange.requireUint16("firmwareRevision", firmwareRevision);
        FieldRange.requirePositiveUint16("maximumCalls", maximumCalls);
        FieldRange.requirePositiveUint16("packetReceiveWindowSize", packetReceiveWindowSize);
    }

    /** The same under other names. */
    public ControlConnectionSettings withNames(TextField otherHost, TextField otherVendor) {
        return new ControlConnectionSettings(
                otherHost,
                otherVendor,
                firmwareRevision,
                maximumCalls,
                packetReceiveWindowSize,
                sendsLinkInfo,
                timers);
    }

    /** The same with another limit of calls, 1..65535. */
    public ControlConnectionSettings withMaximumCalls(int calls) {
        return new ControlConnectionSettings(
                hostName,
                vendorName,
                firmwareRevision,
                calls,
                packetReceiveWindowSize,
                sendsLinkInfo,
                timers);
    }

    /** The same, sending Set-Link-Info or not. */
    public ControlConnectionSettings withSendsLinkInfo(boolean sends) {
        return new ControlConnectionSettings(
                hostName,
                vendorName,
                firmwareRevision,
                maximumCalls,
                packetReceiveWindowSize,
                sends,
                timers);
    }

    /** The same with other timers. */
    public ControlConnectionSettings withTimers(ControlTimers others) {
        return new ControlConnectionSettings(
                hostName,
                vendorName,
                firmwareRevision,
                maximumCalls,
                packetReceiveWindowSize,
                sendsLinkInfo,
                others);
    }
}
