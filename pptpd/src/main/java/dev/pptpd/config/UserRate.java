package dev.pptpd.config;

import dev.pptpd.limit.RateLimits;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The word {@code rate-limit}: how fast a user may be, towards him and from him. */
final class UserRate {
    static final String EXPECTED =
            "DOWN/UP in kbit/s or with M or G, 0 for no limit, such as 20M/5M or 2000/512";

    private static final Pattern RATES = Pattern.compile("(\\d{1,10})([kMG]?)/(\\d{1,10})([kMG]?)");

    private UserRate() {}

    static void set(UserState state, Word option, Word argument) {
        Matcher matcher = RATES.matcher(argument.text());
        OptionalLong down = OptionalLong.empty();
        OptionalLong up = OptionalLong.empty();
        if (matcher.matches()) {
            down = kilobits(matcher.group(1), matcher.group(2));
            up = kilobits(matcher.group(3), matcher.group(4));
        }
        if (down.isEmpty() || up.isEmpty()) {
            String problem = option.shown() + " '" + argument.shown() + "' is not possible";
            state.findings.error(argument, problem, EXPECTED);
            return;
        }
        state.rates = Optional.of(new RateLimits(down.getAsLong(), up.getAsLong()));
    }

    private static OptionalLong kilobits(String digits, String unit) {
        long factor =
                switch (unit) {
                    case "M" -> 1_000;
                    case "G" -> 1_000_000;
                    default -> 1;
                };
        long kilobits = Long.parseLong(digits) * factor;
        return kilobits > RateLimits.MAX_KILOBITS
                ? OptionalLong.empty()
                : OptionalLong.of(kilobits);
    }
}
