package dev.pptpd.bench.process;

import dev.pptpd.bench.measure.UnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Has the programs that are measured: compiles those of {@code src/main/c}, in a folder that goes
 * with it, and starts JVMs. All of them run on one processor, where they have the same caches. One
 * thread.
 */
public final class Workshop implements AutoCloseable {
    /** As distributions compile their kernels and programs. */
    private static final List<String> COMPILER =
            List.of("gcc", "-O2", "-std=gnu11", "-Wall", "-Wextra", "-Werror");

    private static final List<String> HEADERS = List.of("stopwatch.h", "primitives.h", "mppe.h");

    /** EX_UNAVAILABLE: how a program says that the host lacks what it measures. */
    private static final int UNAVAILABLE = 69;

    /** As the server's launcher has them. */
    private static final List<String> JAVA_OPTIONS =
            List.of("-Xmx256m", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED");

    private final ScratchFolder folder;
    private final int processor;

    private Workshop(ScratchFolder folder, int processor) {
        this.folder = folder;
        this.processor = processor;
    }

    /** One whose programs run on this processor, from 0. */
    public static Workshop open(int processor) throws IOException {
        return new Workshop(ScratchFolder.create(), processor);
    }

    /** How the compiler is called, for the report. */
    public static String compilerCommand() {
        return String.join(" ", COMPILER);
    }

    /**
     * A program, compiled the first time it is asked for.
     *
     * @param name of the program
     * @param sources without folder and ending
     * @return the words that start it
     * @throws UnavailableException when there is no compiler
     */
    public List<String> program(String name, List<String> sources)
            throws UnavailableException, IOException {
        Path program = folder.path().resolve(name);
        if (Files.notExists(program)) {
            compile(program, sources, List.of("-ldl"));
        }
        return List.of("taskset", "-c", String.valueOf(processor), program.toString());
    }

    /**
     * What another program loads, compiled the first time it is asked for.
     *
     * @param source without folder and ending
     * @throws UnavailableException when there is no compiler, or not what it includes
     */
    public Path library(String source) throws UnavailableException, IOException {
        Path library = folder.path().resolve(source + ".so");
        if (Files.notExists(library)) {
            compile(library, List.of(source), List.of("-shared", "-fPIC"));
        }
        return library;
    }

    /**
     * A JVM for one contestant.
     *
     * @param main what it runs, ending in {@link ServedWork#serve}
     */
    public List<String> java(Class<?> main, String... arguments) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(JAVA_OPTIONS);
        words.add("-D" + ServedWork.PROCESSOR + "=" + processor);
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        words.addAll(List.of(arguments));
        return words;
    }

    private void compile(Path program, List<String> sources, List<String> flags)
            throws UnavailableException, IOException {
        for (String header : HEADERS) {
            unpack(header);
        }
        List<String> words = new ArrayList<>(COMPILER);
        words.add("-o");
        words.add(program.toString());
        for (String source : sources) {
            words.add(unpack(source + ".c").toString());
        }
        words.addAll(flags);
        try {
            run(words);
        } catch (IOException e) {
            throw new UnavailableException("not compiled: " + e.getMessage());
        }
    }

    private Path unpack(String name) throws IOException {
        Path file = folder.path().resolve(name);
        try (InputStream source = Workshop.class.getResourceAsStream(name)) {
            if (source == null) {
                throw new IOException("the bench has no " + name);
            }
            Files.write(file, source.readAllBytes());
        }
        return file;
    }

    /**
     * Runs a command to its end.
     *
     * @return the lines that it wrote
     * @throws UnavailableException when it says that the host lacks something
     * @throws IOException when it fails
     */
    public static List<String> run(List<String> words) throws UnavailableException, IOException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = exitCode(process);
        if (code == UNAVAILABLE) {
            throw new UnavailableException(output.strip());
        }
        if (code != 0) {
            throw new IOException(words.getFirst() + " ended with " + code + ": " + output.strip());
        }
        return output.lines().toList();
    }

    private static int exitCode(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Removes all programs. */
    @Override
    public void close() {
        folder.close();
    }
}
