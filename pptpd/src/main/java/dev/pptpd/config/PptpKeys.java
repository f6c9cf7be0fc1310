package dev.pptpd.config;

import java.util.Map;

/** Reads the keys of the PPTP layer; where one is missing, the server is like PoPToP. */
final class PptpKeys {
    private static final String DEFAULT_HOST_NAME = "local";
    private static final String DEFAULT_VENDOR_NAME = "linux";
    private static final int DEFAULT_CALLS = 1;
    private static final int MAX_CALLS = 65_535;

    /** A longer wait is beyond what the inner TCP waits itself before it repeats. */
    private static final int DEFAULT_HOLD_MILLIS = 300;

    private static final int MAX_HOLD_MILLIS = 1_000;

    /** A family that comes home; each takes the kernel some 30 to 60 KiB. */
    private static final int DEFAULT_READY_DEVICES = 8;

    private static final int MAX_READY_DEVICES = 256;

    /** Specification: RFC 2637 section 2.1, the width of the Host Name and Vendor Name fields. */
    private static final int NAME_OCTETS = 64;

    private static final String PRINTABLE = "[ -~]{1," + NAME_OCTETS + "}";

    private final Map<ServerKey, Setting> settings;
    private final Findings findings;

    private PptpKeys(Map<ServerKey, Setting> settings, Findings findings) {
        this.settings = settings;
        this.findings = findings;
    }

    static PptpOptions read(Map<ServerKey, Setting> settings, Findings findings) {
        PptpKeys keys = new PptpKeys(settings, findings);
        return new PptpOptions(
                keys.name(ServerKey.HOSTNAME, DEFAULT_HOST_NAME),
                keys.name(ServerKey.VENDOR, DEFAULT_VENDOR_NAME),
                keys.number(ServerKey.CALLSPERCONNECTION, "calls", 1, MAX_CALLS, DEFAULT_CALLS),
                settings.containsKey(ServerKey.SETLINKINFO),
                settings.containsKey(ServerKey.SENDWINDOW),
                keys.number(
                        ServerKey.GREHOLDMAX,
                        "milliseconds",
                        0,
                        MAX_HOLD_MILLIS,
                        DEFAULT_HOLD_MILLIS),
                !settings.containsKey(ServerKey.NOOFFLOAD),
                keys.number(
                        ServerKey.READYDEVICES,
                        "devices",
                        0,
                        MAX_READY_DEVICES,
                        DEFAULT_READY_DEVICES));
    }

    private String name(ServerKey key, String otherwise) {
        Setting setting = settings.get(key);
        if (setting == null) {
            return otherwise;
        }
        if (!setting.value().matches(PRINTABLE)) {
            setting.error(
                    findings,
                    setting.shown() + " is not possible",
                    "at most " + NAME_OCTETS + " characters of ASCII");
            return otherwise;
        }
        return setting.value();
    }

    private int number(ServerKey key, String unit, int lowest, int highest, int otherwise) {
        Setting setting = settings.get(key);
        return setting == null
                ? otherwise
                : setting.number(findings, unit, lowest, highest).orElse(otherwise);
    }
}
