package dev.pptpd.bench.report;

import dev.pptpd.bench.measure.Figure;
import dev.pptpd.bench.measure.Judgement;
import dev.pptpd.bench.measure.Spread;
import dev.pptpd.bench.measure.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Figures for the eye: columns of one width in all tables, so that they read as one. */
public final class TextTable {
    private static final int[] WIDTHS = {44, 10, 21, 15, 10, 20, 12};

    /** Columns up to this one stand left, numbers right. */
    private static final int LAST_LEFT = 0;

    private static final int FIRST_WORDS = 5;

    private TextTable() {}

    /** The names of the columns, over all tables. */
    public static String heading() {
        return line("", "median", "quartiles", "unit", "first/this", "ours against it", "goal", "");
    }

    /** What is known of the machine. */
    public static String text(Machine machine) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, String> fact : machine.facts().entrySet()) {
            text.append(String.format(Locale.ROOT, "%-10s %s%n", fact.getKey(), fact.getValue()));
        }
        return text.toString();
    }

    /** A title, and a line for each figure. */
    public static String text(Table table) {
        StringBuilder text = new StringBuilder(table.title()).append(System.lineSeparator());
        for (Figure figure : table.figures()) {
            text.append(text(figure));
        }
        return text.toString();
    }

    private static String text(Figure figure) {
        if (!figure.isMeasured()) {
            return line("  " + figure.name(), "not measured: " + figure.remark());
        }
        Spread spread = figure.spread();
        boolean isOne = figure.values().size() == 1;
        List<String> cells = new ArrayList<>();
        cells.add("  " + figure.name());
        cells.add(Figure.text(spread.median()));
        cells.add(
                isOne
                        ? ""
                        : Figure.text(spread.lowerQuartile())
                                + " .. "
                                + Figure.text(spread.upperQuartile()));
        cells.add(figure.unit());
        cells.add(
                figure.toBaseline().isPresent()
                        ? String.format(Locale.ROOT, "%.2f x", figure.toBaseline().getAsDouble())
                        : "");
        cells.addAll(figure.judgement().map(TextTable::cells).orElse(List.of("", "", "")));
        cells.add(figure.remark());
        return line(cells.toArray(String[]::new));
    }

    private static List<String> cells(Judgement judgement) {
        return List.of(
                judgement.goal().valueText(judgement.value()),
                judgement.goal().limitText(),
                judgement.isMet() ? "met" : "NOT MET");
    }

    private static String line(String... cells) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.length; column++) {
            int width = column < WIDTHS.length ? WIDTHS[column] : 1;
            boolean isLeft = column <= LAST_LEFT || column > FIRST_WORDS || cells.length == 2;
            String format = isLeft ? "%-" + width + "s  " : "%" + width + "s  ";
            line.append(String.format(Locale.ROOT, format, cells[column]));
        }
        return line.toString().stripTrailing() + System.lineSeparator();
    }
}
