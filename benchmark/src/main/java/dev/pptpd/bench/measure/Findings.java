package dev.pptpd.bench.measure;

/** Who is told what was found. */
public interface Findings {
    /** Figures. */
    void add(Table table);

    /** A picture of some. */
    void add(Plot plot);

    /** What is being done now, for somebody who waits. */
    void progress(String what);
}
