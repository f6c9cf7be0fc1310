package dev.pptpd.emulator;

import java.util.ArrayList;
import java.util.List;

/** One option of a Configure packet. */
record ConfigurationOption(int type, Octets data) {
    private static final int HEADER_LENGTH = 2;

    static ConfigurationOption flag(int type) {
        return new ConfigurationOption(type, Octets.EMPTY);
    }

    static ConfigurationOption u16(int type, int value) {
        return new ConfigurationOption(type, new OctetWriter().u16(value).toOctets());
    }

    static ConfigurationOption u32(int type, int value) {
        return new ConfigurationOption(type, new OctetWriter().u32(value).toOctets());
    }

    static Octets encode(List<ConfigurationOption> options) {
        var writer = new OctetWriter();
        for (ConfigurationOption option : options) {
            writer.u8(option.type).u8(HEADER_LENGTH + option.data.length()).octets(option.data);
        }
        return writer.toOctets();
    }

    /**
     * Decodes the options of a packet of the server.
     *
     * @throws IllegalStateException when a length is wrong: then the server under test is
     */
    static List<ConfigurationOption> decode(Octets data) {
        var options = new ArrayList<ConfigurationOption>();
        int at = 0;
        while (at < data.length()) {
            int end = at + HEADER_LENGTH <= data.length() ? at + data.u8(at + 1) : 0;
            if (end < at + HEADER_LENGTH || end > data.length()) {
                throw new IllegalStateException("malformed options from the server: " + data);
            }
            options.add(new ConfigurationOption(data.u8(at), data.slice(at + HEADER_LENGTH, end)));
            at = end;
        }
        return List.copyOf(options);
    }
}
