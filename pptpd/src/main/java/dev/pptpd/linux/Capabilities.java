package dev.pptpd.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * The effective capabilities of a process.
 *
 * @param effective bit set by {@link Capability#number}
 */
public record Capabilities(long effective) {
    private static final Path STATUS_OF_THIS_PROCESS = Path.of("/proc/self/status");
    private static final String EFFECTIVE = "CapEff:";
    private static final int HEXADECIMAL = 16;

    /**
     * Reads those of this process.
     *
     * @throws IOException when /proc is not there or says nothing of capabilities
     */
    public static Capabilities ofThisProcess() throws IOException {
        return parse(Files.readString(STATUS_OF_THIS_PROCESS));
    }

    /** Finds them in the text of a {@code status} file of proc(5). */
    static Capabilities parse(String status) throws IOException {
        String mask =
                status.lines()
                        .filter(line -> line.startsWith(EFFECTIVE))
                        .map(line -> line.substring(EFFECTIVE.length()).strip())
                        .findFirst()
                        .orElseThrow(() -> new IOException("no line " + EFFECTIVE));
        try {
            return new Capabilities(Long.parseUnsignedLong(mask, HEXADECIMAL));
        } catch (NumberFormatException malformed) {
            throw new IOException(EFFECTIVE + " is not a number: " + mask, malformed);
        }
    }

    /** Whether the process may use {@code capability}. */
    public boolean has(Capability capability) {
        return (effective & 1L << capability.number()) != 0;
    }

    /** What the server needs and the process does not have. */
    public Set<Capability> missing() {
        EnumSet<Capability> missing = EnumSet.noneOf(Capability.class);
        Arrays.stream(Capability.values())
                .filter(capability -> !has(capability))
                .forEach(missing::add);
        return missing;
    }
}
