package dev.pptpd.ppp.option;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The options of one Configure packet, in the order of the wire. The only place that walks
 * type-length-value octets.
 */
public record OptionList(List<Option> options) {
    /** Copies the list. */
    public OptionList {
        options = List.copyOf(options);
    }

    /**
     * Splits the data of a Configure packet. Empty when any Length is below 2 or reaches beyond the
     * data: then the packet is malformed as a whole and is dropped.
     */
    public static Optional<OptionList> decode(byte[] data) {
        List<Option> options = new ArrayList<>();
        int at = 0;
        while (at < data.length) {
            if (data.length - at < Option.HEADER_OCTETS) {
                return Optional.empty();
            }
            int length = data[at + 1] & 0xFF;
            if (length < Option.HEADER_OCTETS || length > data.length - at) {
                return Optional.empty();
            }
            byte[] value = Arrays.copyOfRange(data, at + Option.HEADER_OCTETS, at + length);
            options.add(new Option(data[at], value));
            at += length;
        }
        return Optional.of(new OptionList(options));
    }

    /** The options as octets. */
    public byte[] encode() {
        ByteBuffer out = ByteBuffer.allocate(options.stream().mapToInt(Option::octets).sum());
        for (Option option : options) {
            out.put((byte) option.type()).put((byte) option.octets()).put(option.data());
        }
        return out.array();
    }

    /** Whether an option of this type is in the list. */
    public boolean has(int type) {
        return options.stream().anyMatch(option -> option.type() == type);
    }
}
