package dev.pptpd.bench.measure;

import java.util.List;

/**
 * Curves over one axis.
 *
 * @param name of the file, without its ending
 */
public record Plot(String name, String title, String xAxis, String yAxis, List<Curve> curves) {
    /** Copies the list. */
    public Plot {
        curves = List.copyOf(curves);
    }

    /** One curve: as many values as places. */
    public record Curve(String name, List<Double> places, List<Double> values) {
        /** Copies the lists. */
        public Curve {
            places = List.copyOf(places);
            values = List.copyOf(values);
            if (places.isEmpty() || places.size() != values.size()) {
                throw new IllegalArgumentException(places.size() + ", " + values.size());
            }
        }
    }
}
