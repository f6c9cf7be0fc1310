package dev.pptpd.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A temporary folder. It goes with all that is in it when it is closed, or the JVM ends. */
public final class ScratchFolder implements AutoCloseable {
    private static final Set<ScratchFolder> OPEN = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> List.copyOf(OPEN).forEach(ScratchFolder::close)));
    }

    private final Path path;

    private ScratchFolder(Path path) {
        this.path = path;
    }

    /** A new one, which nobody else can read. */
    public static ScratchFolder create() throws IOException {
        ScratchFolder folder = new ScratchFolder(Files.createTempDirectory("pptpd-bench-"));
        OPEN.add(folder);
        return folder;
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** Removes it. A second call does nothing. */
    @Override
    public void close() {
        if (!OPEN.remove(this)) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
