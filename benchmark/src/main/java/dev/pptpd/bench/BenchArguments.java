package dev.pptpd.bench;

import static dev.pptpd.cli.Flags.NO_LETTER;
import static dev.pptpd.cli.Flags.add;
import static dev.pptpd.cli.Flags.flag;

import dev.pptpd.bench.measure.Rounds;
import dev.pptpd.cli.HelpText;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;

/** What the bench is asked for. */
sealed interface BenchArguments {
    /** As many as fill a coffee break, and make quartiles that mean something. */
    int DEFAULT_REPETITIONS = 15;

    /** Enough for the JVM's second compiler to be done with what is measured. */
    int DEFAULT_WARM_UP = 20;

    /** Say something and end. */
    record Print(String text) implements BenchArguments {}

    /** Say which groups there are. */
    record ShowGroups() implements BenchArguments {}

    /**
     * Measure.
     *
     * @param groups by name; none for all
     * @param processor for those that run on one; negative for the last there is
     * @param output where the files go
     * @param strict whether a goal that was missed is a failure
     */
    record Measure(List<String> groups, Rounds rounds, int processor, Path output, boolean strict)
            implements BenchArguments {
        /** Copies the list. */
        public Measure {
            groups = List.copyOf(groups);
        }
    }

    /** Arguments that make no sense; the message is a sentence for the user. */
    final class UsageException extends Exception {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message + "; see ./bench --help");
        }
    }

    /**
     * Reads them.
     *
     * @param output where files go unless the arguments say otherwise
     */
    static BenchArguments parse(Path output, String... words) throws UsageException {
        CommandLine line;
        try {
            line = new DefaultParser().parse(options(), words);
        } catch (ParseException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        if (line.hasOption("help")) {
            return new Print(help());
        }
        if (line.hasOption("list")) {
            return new ShowGroups();
        }
        Rounds rounds =
                new Rounds(
                        number(line, "warm-up", 0, DEFAULT_WARM_UP),
                        number(line, "repetitions", 1, DEFAULT_REPETITIONS));
        return new Measure(
                line.getArgList(),
                rounds,
                number(line, "processor", 0, -1),
                Path.of(line.getOptionValue("output", output.toString())),
                line.hasOption("strict"));
    }

    private static int number(CommandLine line, String option, int least, int otherwise)
            throws UsageException {
        String text = line.getOptionValue(option);
        if (text == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new UsageException("--" + option + " wants a number, not '" + text + "'");
        }
        throw new UsageException("--" + option + " is at least " + least + ", not " + text);
    }

    private static String help() {
        return HelpText.of(
                "./bench [NAME]... [FLAG]...",
                "Measures this server against others that do the same, side by side. Names select"
                        + " groups; without one all are measured.",
                options());
    }

    private static Options options() {
        Options options = new Options();
        flag(options, "l", "list", "the groups there are");
        add(options, "r", "repetitions", "N", "rounds that count, else " + DEFAULT_REPETITIONS);
        add(options, "w", "warm-up", "N", "rounds before them, else " + DEFAULT_WARM_UP);
        add(
                options,
                "c",
                "processor",
                "N",
                "where contestants that are compared by CPU time run, else the last one");
        add(
                options,
                "o",
                "output",
                "FOLDER",
                "where table, JSON and plots go, else benchmark/target");
        flag(options, NO_LETTER, "strict", "exit code 1 when a goal is not met");
        flag(options, "h", "help", "this text");
        return options;
    }
}
