package dev.pptpd.config;

import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Reads the words behind an option; what is none of the kind is noted as an error. */
record Arguments(HostResolver resolver, Findings findings) {
    private static final int MAX_NAME_SERVERS = 2;
    private static final Pattern NUMBER = Pattern.compile("0[xX][0-9a-fA-F]{1,16}|[0-9]{1,19}");

    /** A number in decimal, octal or hex, as pppd reads it. */
    OptionalInt number(Word option, Word argument, int min, int max) {
        OptionalLong number = longNumber(option, argument, min, max);
        return number.isPresent() ? OptionalInt.of((int) number.getAsLong()) : OptionalInt.empty();
    }

    /** Same, for larger numbers. */
    OptionalLong longNumber(Word option, Word argument, long min, long max) {
        OptionalLong number = parse(argument.text());
        if (number.isPresent() && number.getAsLong() >= min && number.getAsLong() <= max) {
            return number;
        }
        String problem = option.shown() + " '" + argument.shown() + "' is not possible";
        findings.error(argument, problem, "a number from " + min + " to " + max);
        return OptionalLong.empty();
    }

    private static OptionalLong parse(String text) {
        try {
            return NUMBER.matcher(text).matches()
                    ? OptionalLong.of(Long.decode(text))
                    : OptionalLong.empty();
        } catch (NumberFormatException e) {
            return OptionalLong.empty(); // 09 is not octal; 2^63 is too much
        }
    }

    /**
     * The servers and one more; a third takes the place of the second, as in pppd, with a warning.
     */
    List<Ipv4Address> withNameServer(List<Ipv4Address> servers, Word option, Word word) {
        Optional<Ipv4Address> address = resolver.addressOrName(word.text());
        if (address.isEmpty()) {
            String problem = "'" + word.shown() + "' is neither an address nor a known host";
            findings.error(word, problem, "an IPv4 address such as 192.0.2.53");
            return servers;
        }
        List<Ipv4Address> all = new ArrayList<>(servers);
        if (all.size() == MAX_NAME_SERVERS) {
            String text =
                    "the third '%s' replaces the second, %s"
                            .formatted(option.shown(), all.removeLast());
            findings.warning(word, text);
        }
        all.add(address.get());
        return List.copyOf(all);
    }
}
