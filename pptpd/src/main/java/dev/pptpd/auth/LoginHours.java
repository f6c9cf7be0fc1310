package dev.pptpd.auth;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A span of the week, in this host's time: the same hours on one day or on several in a row. Hours
 * that end before they begin reach into the next day.
 *
 * @param firstDay the first day
 * @param lastDay the last day, which may come before the first one in the week: Sa-Mo
 * @param fromMinute of the day, 0 to 1439
 * @param untilMinute of the day, itself no longer in the span: 1 to 1440
 */
public record LoginHours(DayOfWeek firstDay, DayOfWeek lastDay, int fromMinute, int untilMinute) {
    private static final List<String> DAYS = List.of("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su");
    private static final int DAYS_OF_A_WEEK = 7;
    private static final int MINUTES_OF_AN_HOUR = 60;
    private static final int MINUTES_OF_A_DAY = 24 * MINUTES_OF_AN_HOUR;
    private static final Pattern FORM =
            Pattern.compile(
                    "(?:(?<first>[A-Z][a-z])(?:-(?<last>[A-Z][a-z]))?/)?"
                            + "(?<from>[0-9]{2}:[0-9]{2})-(?<until>[0-9]{2}:[0-9]{2})");

    /**
     * Reads {@code Mo-Fr/08:00-18:00}, {@code Sa/09:00-12:00} or, for all days, the hours alone.
     */
    public static Optional<LoginHours> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int first = matcher.group("first") == null ? 0 : DAYS.indexOf(matcher.group("first"));
        int last =
                matcher.group("last") != null
                        ? DAYS.indexOf(matcher.group("last"))
                        : matcher.group("first") == null ? DAYS_OF_A_WEEK - 1 : first;
        int from = minute(matcher.group("from"));
        int until = minute(matcher.group("until"));
        if (first < 0 || last < 0 || from < 0 || from == MINUTES_OF_A_DAY || until <= 0) {
            return Optional.empty();
        }
        return from == until
                ? Optional.empty()
                : Optional.of(
                        new LoginHours(
                                DayOfWeek.of(first + 1), DayOfWeek.of(last + 1), from, until));
    }

    /** The minute of the day; negative for what is no time of day. */
    private static int minute(String time) {
        int hour = Integer.parseInt(time.substring(0, 2));
        int minute = Integer.parseInt(time.substring(3));
        int ofDay = hour * MINUTES_OF_AN_HOUR + minute;
        return minute < MINUTES_OF_AN_HOUR && ofDay <= MINUTES_OF_A_DAY ? ofDay : -1;
    }

    /** Whether the moment lies in the span. */
    boolean contains(LocalDateTime moment) {
        int minute = moment.getHour() * MINUTES_OF_AN_HOUR + moment.getMinute();
        DayOfWeek day = moment.getDayOfWeek();
        if (fromMinute < untilMinute) {
            return hasDay(day) && minute >= fromMinute && minute < untilMinute;
        }
        return (hasDay(day) && minute >= fromMinute)
                || (hasDay(day.minus(1)) && minute < untilMinute);
    }

    private boolean hasDay(DayOfWeek day) {
        int length = Math.floorMod(lastDay.getValue() - firstDay.getValue(), DAYS_OF_A_WEEK);
        return Math.floorMod(day.getValue() - firstDay.getValue(), DAYS_OF_A_WEEK) <= length;
    }
}
