package dev.pptpd.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Packets that the kernel of a namespace had no room for, in either direction. */
public final class Drops {
    /** In /proc/net/dev, behind the name of the device. */
    private static final int RECEIVED = 3;

    private static final int SENT = 11;

    private Drops() {}

    /** By its devices' queues and by raw sockets that are open now, since it was made. */
    public static long of(Namespace namespace) throws IOException {
        return namespace.call(() -> devices() + rawSockets());
    }

    private static long devices() throws IOException {
        return lines("dev", 2).stream()
                .map(line -> line.substring(line.indexOf(':') + 1).strip().split("\\s+"))
                .mapToLong(
                        fields -> Long.parseLong(fields[RECEIVED]) + Long.parseLong(fields[SENT]))
                .sum();
    }

    private static long rawSockets() throws IOException {
        return lines("raw", 1).stream()
                .map(line -> line.strip().replaceFirst(".*\\s", ""))
                .mapToLong(Long::parseLong)
                .sum();
    }

    private static List<String> lines(String file, int headings) throws IOException {
        List<String> all = Files.readAllLines(Path.of("/proc/thread-self/net", file));
        return all.subList(headings, all.size());
    }
}
