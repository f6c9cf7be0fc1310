package dev.pptpd.ppp.option;

import dev.pptpd.ppp.packet.Code;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Options in the notation of the tests: {@code 1:0578 7 8}, type in decimal, data in hex. */
public final class Options {
    private Options() {}

    /** The options of a text. */
    public static OptionList of(String text) {
        List<Option> options = new ArrayList<>();
        for (String word : text.strip().split("\\s+", -1)) {
            if (!word.isEmpty()) {
                int colon = word.indexOf(':');
                int type = Integer.parseInt(colon < 0 ? word : word.substring(0, colon));
                String data = colon < 0 ? "" : word.substring(colon + 1);
                options.add(new Option(type, HexFormat.of().parseHex(data)));
            }
        }
        return new OptionList(options);
    }

    /** An answer as {@code Nak 18:01000040}. */
    public static String print(Negotiator.Answer answer) {
        String name =
                switch (answer.code()) {
                    case Code.CONFIGURE_ACK -> "Ack";
                    case Code.CONFIGURE_NAK -> "Nak";
                    case Code.CONFIGURE_REJECT -> "Reject";
                    default -> throw new AssertionError("code " + answer.code());
                };
        StringBuilder out = new StringBuilder(name);
        for (Option option : answer.options().options()) {
            out.append(' ').append(option.type());
            if (option.dataOctets() > 0) {
                out.append(':')
                        .append(HexFormat.of().formatHex(option.data()).toLowerCase(Locale.ROOT));
            }
        }
        return out.toString();
    }
}
