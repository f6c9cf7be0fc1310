package dev.pptpd.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.bench.measure.Figure;
import dev.pptpd.bench.measure.Goal;
import dev.pptpd.bench.measure.Judgement;
import dev.pptpd.bench.measure.Plot;
import dev.pptpd.bench.measure.Table;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

final class ReportTest {
    private static final Machine MACHINE = new Machine(Map.of("processor", "2 x \"A\""));

    private static final Table TABLE =
            new Table(
                    "some work",
                    List.of(
                            new Figure(
                                    "generic C",
                                    "ns/packet",
                                    List.of(3_000.0, 3_100.0, 3_200.0),
                                    OptionalDouble.of(1),
                                    Optional.of(new Judgement(Goal.timesAsFast(1.5), 1.6)),
                                    ""),
                            Figure.missing("OpenSSL", "ns/packet", "no libcrypto"),
                            Figure.of("memory", "KiB", 4.5).judgedBy(Goal.atMost(4))));

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @TempDir private Path folder;

    @Test
    void printsALineForEachFigure() {
        assertThat(TextTable.text(TABLE).lines())
                .map(line -> line.strip().replaceAll(" {2,}", " | "))
                .containsExactly(
                        "some work",
                        "generic C | 3,100 | 3,050 .. 3,150 | ns/packet | 1.00 x | 1.60 x as fast"
                                + " | >= 1.50 x | met",
                        "OpenSSL | not measured: no libcrypto",
                        "memory | 4.50 | KiB | <= 4 | NOT MET");
    }

    @Test
    void keepsItsColumns() {
        List<String> lines = TextTable.text(TABLE).lines().toList();
        int goals = TextTable.heading().indexOf("goal");
        assertThat(lines.get(1).indexOf(">= 1.50 x")).isEqualTo(goals);
        assertThat(lines.get(3).indexOf("<= 4")).isEqualTo(goals);
    }

    @Test
    void writesJsonThatCanBeRead() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonReport.write(MACHINE, List.of(TABLE), out);
        List<String> names = new ArrayList<>();
        List<Double> numbers = new ArrayList<>();
        try (JsonParser json =
                new JsonFactory().createParser(ObjectReadContext.empty(), out.toByteArray())) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                switch (token) {
                    case PROPERTY_NAME -> names.add(json.currentName());
                    case VALUE_NUMBER_FLOAT, VALUE_NUMBER_INT -> numbers.add(json.getDoubleValue());
                    default -> {}
                }
            }
        }
        assertThat(names).contains("machine", "tables", "figures", "median", "goal", "met");
        assertThat(numbers).contains(3_000.0, 3_100.0, 3_200.0, 1.6, 4.5);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("2 x \\\"A\\\"");
    }

    @Test
    void leavesTableJsonAndPlotBehind() throws IOException {
        Report report =
                Report.begin(
                        MACHINE,
                        folder.resolve("new"),
                        new PrintStream(printed, true, StandardCharsets.UTF_8),
                        new PrintStream(new ByteArrayOutputStream()));
        report.add(TABLE);
        report.add(
                new Plot(
                        "sessions",
                        "Cost",
                        "sessions",
                        "ns",
                        List.of(
                                new Plot.Curve(
                                        "a packet", List.of(1.0, 100.0), List.of(5.0, 6.0)))));
        report.end();

        assertThat(report.missed()).isEqualTo(1);
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("generic C")
                .contains("1 goal not met");
        assertThat(folder.resolve("new/bench.json")).isNotEmptyFile();
        assertThat(folder.resolve("new/bench.txt")).content().contains("memory");
        assertThat(Files.readString(folder.resolve("new/sessions.svg"))).contains("<svg");
    }
}
