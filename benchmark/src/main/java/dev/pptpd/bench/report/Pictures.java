package dev.pptpd.bench.report;

import dev.pptpd.bench.measure.Plot;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Plots as SVG. */
public final class Pictures {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 520;

    private Pictures() {}

    /**
     * Draws a plot into a folder.
     *
     * @return the file
     */
    public static Path write(Plot plot, Path folder) throws IOException {
        XYChart chart =
                new XYChartBuilder()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .title(plot.title())
                        .xAxisTitle(plot.xAxis())
                        .yAxisTitle(plot.yAxis())
                        .build();
        chart.getStyler()
                .setYAxisMin(0.0)
                .setLegendPosition(LegendPosition.OutsideS)
                .setChartBackgroundColor(Color.WHITE);
        for (Plot.Curve curve : plot.curves()) {
            chart.addSeries(curve.name(), curve.places(), curve.values());
        }
        Path file = folder.resolve(plot.name() + ".svg");
        VectorGraphicsEncoder.saveVectorGraphic(chart, file.toString(), VectorGraphicsFormat.SVG);
        return file;
    }
}
