package dev.pptpd.bench.measure;

import java.util.Locale;

/**
 * What a figure is to come to.
 *
 * @param limit still met
 */
public record Goal(Kind kind, double limit) {
    /** What the limit is compared with. */
    public enum Kind {
        /** A rival's time over ours, which is to be no less. */
        TIMES_AS_FAST("%.2f x as fast", ">= %.2f x"),

        /** Our time over a rival's, which is to be no more. */
        TIMES_THE_TIME("%.2f x its time", "<= %.2f x"),

        /** The figure itself, which is to be no more. */
        AT_MOST("", "<= %s"),

        /** The figure itself, which is to be no less. */
        AT_LEAST("", ">= %s");

        private final String value;
        private final String limit;

        Kind(String value, String limit) {
            this.value = value;
            this.limit = limit;
        }
    }

    /** Ours takes no more than one {@code times}th of a rival's time. */
    public static Goal timesAsFast(double times) {
        return new Goal(Kind.TIMES_AS_FAST, times);
    }

    /** Ours takes no more than {@code times} a rival's time. */
    public static Goal timesTheTime(double times) {
        return new Goal(Kind.TIMES_THE_TIME, times);
    }

    /** The figure is no more than {@code limit}. */
    public static Goal atMost(double limit) {
        return new Goal(Kind.AT_MOST, limit);
    }

    /** The figure is no less than {@code limit}. */
    public static Goal atLeast(double limit) {
        return new Goal(Kind.AT_LEAST, limit);
    }

    /** Whether it is about ours against a rival's. */
    boolean isRelative() {
        return switch (kind) {
            case TIMES_AS_FAST, TIMES_THE_TIME -> true;
            case AT_MOST, AT_LEAST -> false;
        };
    }

    /** What is judged, when a rival's unit of work takes this much and ours that. */
    double value(double rival, double ours) {
        return switch (kind) {
            case TIMES_AS_FAST -> rival / ours;
            case TIMES_THE_TIME -> ours / rival;
            case AT_MOST, AT_LEAST -> ours;
        };
    }

    /** Whether a value is as it is to be. */
    public boolean isMetBy(double value) {
        return switch (kind) {
            case TIMES_AS_FAST, AT_LEAST -> value >= limit;
            case TIMES_THE_TIME, AT_MOST -> value <= limit;
        };
    }

    /** The limit, for a table: {@code >= 1.50 x}. */
    public String limitText() {
        return kind.limit.contains("%s")
                ? kind.limit.formatted(Figure.text(limit))
                : String.format(Locale.ROOT, kind.limit, limit);
    }

    /** A value, for a table; empty where it is the figure that stands there anyway. */
    public String valueText(double value) {
        return String.format(Locale.ROOT, kind.value, value);
    }
}
