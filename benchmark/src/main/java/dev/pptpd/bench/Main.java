package dev.pptpd.bench;

import dev.pptpd.bench.gre.GreGroup;
import dev.pptpd.bench.measure.Findings;
import dev.pptpd.bench.measure.Group;
import dev.pptpd.bench.measure.Rounds;
import dev.pptpd.bench.mppe.MppeGroup;
import dev.pptpd.bench.poptop.PoptopGroup;
import dev.pptpd.bench.process.Workshop;
import dev.pptpd.bench.report.Machine;
import dev.pptpd.bench.report.Report;
import dev.pptpd.bench.server.LoadGroup;
import dev.pptpd.bench.server.PptpctrlGroup;
import dev.pptpd.bench.server.StartGroup;
import dev.pptpd.bench.server.TunnelGroup;
import dev.pptpd.bench.tun.TunGroup;
import dev.pptpd.cli.StandardErrorLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Entry point of {@code ./bench}. */
public final class Main {
    // Specification: sysexits
    private static final int USAGE = 64;
    private static final int SOFTWARE = 70;
    private static final int CANNOT_CREATE = 73;

    private Main() {}

    /** Measures; the first word is the folder for what is found, the others are the user's. */
    public static void main(String[] words) throws InterruptedException {
        StandardErrorLog.use();
        int code;
        try {
            code = run(Path.of(words[0]), Arrays.copyOfRange(words, 1, words.length));
        } catch (BenchArguments.UsageException e) {
            System.err.println("bench: " + e.getMessage());
            code = USAGE;
        } catch (IOException | RuntimeException | AssertionError e) {
            // Threads of a group may still run: the end is below.
            e.printStackTrace();
            code = SOFTWARE;
        }
        System.exit(code);
    }

    private static int run(Path output, String... words)
            throws IOException, InterruptedException, BenchArguments.UsageException {
        BenchArguments arguments = BenchArguments.parse(output, words);
        int last = Runtime.getRuntime().availableProcessors() - 1;
        int processor =
                arguments instanceof BenchArguments.Measure measure && measure.processor() >= 0
                        ? measure.processor()
                        : last;
        if (processor > last) {
            throw new BenchArguments.UsageException(
                    "there is no processor %d, the last is %d".formatted(processor, last));
        }
        try (Workshop workshop = Workshop.open(processor)) {
            List<Group> groups = groups(workshop);
            return switch (arguments) {
                case BenchArguments.Print(String text) -> print(text);
                case BenchArguments.ShowGroups _ -> print(list(groups));
                case BenchArguments.Measure measure -> measure(measure, groups);
            };
        }
    }

    private static List<Group> groups(Workshop workshop) {
        return List.of(
                new MppeGroup(workshop),
                new GreGroup(workshop),
                new TunGroup(workshop),
                new TunnelGroup(),
                new LoadGroup(),
                new StartGroup(),
                new PoptopGroup(workshop),
                new PptpctrlGroup(workshop));
    }

    private static int print(String text) {
        System.out.print(text);
        return 0;
    }

    private static String list(List<Group> groups) {
        StringBuilder text = new StringBuilder();
        groups.forEach(group -> text.append("%-10s%s%n".formatted(group.name(), group.purpose())));
        return text.toString();
    }

    private static int measure(BenchArguments.Measure measure, List<Group> groups)
            throws IOException, InterruptedException, BenchArguments.UsageException {
        List<Group> chosen = chosen(measure.groups(), groups);
        Report report;
        try {
            report = Report.begin(Machine.here(), measure.output(), System.out, System.err);
        } catch (IOException e) {
            System.err.println("bench: cannot write to " + measure.output());
            return CANNOT_CREATE;
        }
        List<String> failed = measureEach(chosen, measure.rounds(), report);
        report.end();
        if (!failed.isEmpty()) {
            System.err.println("bench: failed half way: " + String.join(", ", failed));
            return SOFTWARE;
        }
        return measure.strict() && report.missed() > 0 ? 1 : 0;
    }

    /**
     * What the others find is not lost for one that fails: all of them take half an hour.
     *
     * @return the names of those that failed
     */
    static List<String> measureEach(List<Group> groups, Rounds rounds, Findings findings)
            throws InterruptedException {
        List<String> failed = new ArrayList<>();
        for (Group group : groups) {
            try {
                group.measure(rounds, findings);
            } catch (IOException | RuntimeException | AssertionError e) {
                // The lab speaks in assertions.
                e.printStackTrace();
                failed.add(group.name());
            }
        }
        return failed;
    }

    private static List<Group> chosen(List<String> names, List<Group> groups)
            throws BenchArguments.UsageException {
        List<Group> chosen = new ArrayList<>();
        for (String name : names) {
            chosen.add(
                    groups.stream()
                            .filter(group -> group.name().equals(name))
                            .findFirst()
                            .orElseThrow(() ->
                                    new BenchArguments.UsageException(
                                            "there is no group '" + name + "'")));
        }
        return names.isEmpty() ? groups : chosen;
    }
}
