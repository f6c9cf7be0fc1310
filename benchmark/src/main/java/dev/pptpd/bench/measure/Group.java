package dev.pptpd.bench.measure;

import java.io.IOException;

/** Comparisons about one thing, which are asked for by one name. */
public interface Group {
    /** The word on the command line. */
    String name();

    /** What it measures, in a line for {@code --list}. */
    String purpose();

    /** Measures, and hands over each result as soon as it is there. */
    void measure(Rounds rounds, Findings findings) throws IOException, InterruptedException;
}
