package dev.pptpd.bench.report;

import dev.pptpd.bench.measure.UnavailableException;
import dev.pptpd.bench.process.Workshop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where and when it was measured: figures of two machines are not compared.
 *
 * @param facts by name, in the order in which they are shown
 */
public record Machine(Map<String, String> facts) {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
    private static final Path LOAD = Path.of("/proc/loadavg");
    private static final String MODEL = "model name";

    /** This one, now. */
    public static Machine here() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        facts.put("processor", Runtime.getRuntime().availableProcessors() + " x " + processor());
        facts.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put(
                "jdk",
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        facts.put("compiler", firstLine("gcc", "--version"));
        facts.put("baselines", Workshop.compilerCommand());
        facts.put("load", load());
        return new Machine(facts);
    }

    /** How many processes wanted to run in the last 1, 5 and 15 minutes. */
    public static String load() {
        try {
            String[] words = Files.readString(LOAD).split(" ", -1);
            return String.join(" ", words[0], words[1], words[2]);
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static String processor() {
        try {
            return Files.readAllLines(PROCESSORS).stream()
                    .filter(line -> line.startsWith(MODEL))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static String firstLine(String... words) {
        try {
            List<String> lines = Workshop.run(List.of(words));
            return lines.isEmpty() ? "unknown" : lines.getFirst();
        } catch (IOException | UnavailableException e) {
            return "none";
        }
    }
}
