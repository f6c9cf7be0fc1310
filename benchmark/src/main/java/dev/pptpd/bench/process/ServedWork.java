package dev.pptpd.bench.process;

import dev.pptpd.bench.linux.Affinity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** The other end of a {@link MeasuredProgram} in Java: what stopwatch.c is in C. */
public final class ServedWork {
    /** The system property that says which processor to run on. */
    static final String PROCESSOR = "bench.processor";

    /** The first line, when all is there that takes part. */
    static final String READY = "ready";

    private ServedWork() {}

    /** What is measured. */
    @FunctionalInterface
    public interface Work {
        /**
         * Does it once.
         *
         * @return the CPU time that each unit took
         */
        double nanosPerUnit(int units) throws IOException;
    }

    /**
     * Says so, and then answers each number on a line of standard input, until that ends. The
     * calling thread is kept on its processor; the JVM's own threads may compile on another.
     */
    public static void serve(Work work) throws IOException {
        int processor = Integer.getInteger(PROCESSOR, 0);
        if (!Affinity.pinThread(processor)) {
            throw new IOException("there is no processor " + processor);
        }
        System.out.println(READY);
        BufferedReader questions =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            System.out.println(work.nanosPerUnit(Integer.parseInt(line)));
        }
    }
}
