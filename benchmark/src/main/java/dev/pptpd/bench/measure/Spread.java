package dev.pptpd.bench.measure;

import java.util.List;

/**
 * Where the middle half of some values lies. Of a machine that does other things, too, it says more
 * than mean and deviation.
 */
public record Spread(double lowerQuartile, double median, double upperQuartile) {
    private static final double QUARTER = 0.25;
    private static final double HALF = 0.5;

    /**
     * Of at least one value, in any order; between two of them in proportion.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Spread of(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no values");
        }
        List<Double> sorted = values.stream().sorted().toList();
        return new Spread(
                quantile(sorted, QUARTER), quantile(sorted, HALF), quantile(sorted, 1 - QUARTER));
    }

    private static double quantile(List<Double> sorted, double share) {
        double place = share * (sorted.size() - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.size() - 1);
        return sorted.get(below) + (place - below) * (sorted.get(above) - sorted.get(below));
    }
}
