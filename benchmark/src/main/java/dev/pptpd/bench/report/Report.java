package dev.pptpd.bench.report;

import dev.pptpd.bench.measure.Findings;
import dev.pptpd.bench.measure.Plot;
import dev.pptpd.bench.measure.Table;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One run: prints each table as soon as it is there, and in the end writes all into a folder. */
public final class Report implements Findings {
    private static final String JSON_FILE = "bench.json";
    private static final String TEXT_FILE = "bench.txt";

    private final Machine machine;
    private final Path folder;
    private final PrintStream out;
    private final PrintStream progress;
    private final List<Table> tables = new ArrayList<>();

    private Report(Machine machine, Path folder, PrintStream out, PrintStream progress) {
        this.machine = machine;
        this.folder = folder;
        this.out = out;
        this.progress = progress;
    }

    /** Begins one, with the machine and the names of the columns. */
    public static Report begin(Machine machine, Path folder, PrintStream out, PrintStream progress)
            throws IOException {
        Files.createDirectories(folder);
        out.println(TextTable.text(machine));
        out.print(TextTable.heading());
        return new Report(machine, folder, out, progress);
    }

    @Override
    public void add(Table table) {
        tables.add(table);
        out.println();
        out.print(TextTable.text(table));
    }

    @Override
    public void add(Plot plot) {
        try {
            out.println("  drawn: " + Pictures.write(plot, folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void progress(String what) {
        progress.println("... " + what);
    }

    /** Writes the files and says how it went. */
    public void end() throws IOException {
        JsonReport.write(machine, tables, Files.newOutputStream(folder.resolve(JSON_FILE)));
        Files.writeString(folder.resolve(TEXT_FILE), text());
        out.println();
        out.println("load now " + Machine.load());
        out.println(verdict());
        out.println(folder.resolve(JSON_FILE));
    }

    private String verdict() {
        if (missed() == 0) {
            return "every goal met";
        }
        return missed() == 1 ? "1 goal not met" : missed() + " goals not met";
    }

    private String text() {
        StringBuilder text = new StringBuilder(TextTable.text(machine));
        text.append(System.lineSeparator()).append(TextTable.heading());
        for (Table table : tables) {
            text.append(System.lineSeparator()).append(TextTable.text(table));
        }
        return text.toString();
    }

    /** Goals that were not met so far. */
    public long missed() {
        return tables.stream().mapToLong(Table::missed).sum();
    }
}
