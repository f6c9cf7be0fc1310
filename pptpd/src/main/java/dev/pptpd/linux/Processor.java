package dev.pptpd.linux;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the processors of this host can do.
 *
 * @param features in the words of the kernel
 */
public record Processor(Set<String> features) {
    private static final Path DESCRIPTION = Path.of("/proc/cpuinfo");

    /** What their line is called for x86, and for ARM. */
    private static final List<String> LINES = List.of("flags", "Features");

    /** Instructions for SHA-1, on x86 and on ARM. */
    private static final List<String> SHA_1 = List.of("sha_ni", "sha1");

    public Processor {
        features = Set.copyOf(features);
    }

    /**
     * Asks the kernel about the first of them; a host has but one kind.
     *
     * @throws IOException when /proc is not there
     */
    public static Processor ofThisHost() throws IOException {
        try (BufferedReader description =
                Files.newBufferedReader(DESCRIPTION, StandardCharsets.ISO_8859_1)) {
            return read(description);
        }
    }

    /** From the text of a {@code cpuinfo} file; without any feature when none are named. */
    static Processor read(BufferedReader description) throws IOException {
        for (String line = description.readLine(); line != null; line = description.readLine()) {
            int colon = line.indexOf(':');
            if (colon > 0 && LINES.contains(line.substring(0, colon).strip())) {
                String[] words = line.substring(colon + 1).strip().split("\\s+");
                return new Processor(new HashSet<>(List.of(words)));
            }
        }
        return new Processor(Set.of());
    }

    /** Whether it has instructions for SHA-1, which the JVM then uses, too. */
    public boolean hasSha1() {
        return SHA_1.stream().anyMatch(features::contains);
    }
}
