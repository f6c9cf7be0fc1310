package dev.pptpd.config;

import dev.pptpd.auth.LoginHours;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Reads when a user may log in. */
final class UserAccount {
    static final String DAY_EXPECTED = "a day such as 2027-01-31";
    static final String HOURS_EXPECTED =
            "spans such as Mo-Fr/08:00-18:00,Sa/09:00-12:00 in this host's time";

    private UserAccount() {}

    static void setLastDay(UserState state, Word option, Word day) {
        try {
            state.lastDay = Optional.of(LocalDate.parse(day.text()));
        } catch (DateTimeParseException e) {
            refuse(state, option, day, "is no day", DAY_EXPECTED);
        }
    }

    static void addHours(UserState state, Word option, Word spans) {
        for (String span : spans.text().split(",", -1)) {
            Optional<LoginHours> hours = LoginHours.parse(span);
            if (hours.isEmpty()) {
                refuse(state, option, spans, "is no list of hours", HOURS_EXPECTED);
                return;
            }
            state.hours.add(hours.get());
        }
    }

    private static void refuse(
            UserState state, Word option, Word word, String problem, String expected) {
        state.findings.error(word, option.shown() + " '" + word.shown() + "' " + problem, expected);
    }
}
