package dev.pptpd.bench.measure;

import java.io.IOException;

/**
 * One way to do the work of a {@link Comparison}. It is opened once, measured many times in turn
 * with the others, and closed; by one thread.
 */
public interface Contestant extends AutoCloseable {
    /**
     * Does the work once.
     *
     * @return the CPU time that one unit of it took, in the comparison's unit
     * @throws IOException when the work failed, so that there is nothing to compare
     */
    double measure() throws IOException;

    @Override
    void close();
}
