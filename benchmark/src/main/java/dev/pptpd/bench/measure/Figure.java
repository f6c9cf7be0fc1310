package dev.pptpd.bench.measure;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One line of a table: something that was measured once or many times.
 *
 * @param name whose, or what it is
 * @param unit of the values
 * @param values one for each repetition, in their order; none where it could not be measured
 * @param toBaseline the time of the comparison's first contestant over this one's
 * @param judgement where there is a goal
 * @param remark why there are no values, or what is to be known of them; possibly empty
 */
public record Figure(
        String name,
        String unit,
        List<Double> values,
        OptionalDouble toBaseline,
        Optional<Judgement> judgement,
        String remark) {
    private static final double MANY = 100;
    private static final double SOME = 10;

    /** Copies the list. */
    public Figure {
        values = List.copyOf(values);
    }

    /** A figure that is compared with nothing. */
    public static Figure of(String name, String unit, List<Double> values) {
        return new Figure(name, unit, values, OptionalDouble.empty(), Optional.empty(), "");
    }

    /** A figure that was measured once. */
    public static Figure of(String name, String unit, double value) {
        return of(name, unit, List.of(value));
    }

    /** A figure that could not be measured. */
    public static Figure missing(String name, String unit, String reason) {
        return new Figure(name, unit, List.of(), OptionalDouble.empty(), Optional.empty(), reason);
    }

    /** The same, judged by its median. */
    public Figure judgedBy(Goal goal) {
        double median = spread().median();
        return new Figure(
                name,
                unit,
                values,
                toBaseline,
                Optional.of(new Judgement(goal, goal.value(median, median))),
                remark);
    }

    /** The same with something to be known of it. */
    public Figure with(String other) {
        return new Figure(name, unit, values, toBaseline, judgement, other);
    }

    /** Whether there is anything to show. */
    public boolean isMeasured() {
        return !values.isEmpty();
    }

    /**
     * Median and quartiles.
     *
     * @throws IllegalArgumentException when nothing was measured
     */
    public Spread spread() {
        return Spread.of(values);
    }

    /** A number with three digits that count. */
    public static String text(double value) {
        if (value == Math.rint(value) && Math.abs(value) < MANY) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        String format =
                Math.abs(value) >= MANY ? "%,.0f" : Math.abs(value) >= SOME ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }
}
