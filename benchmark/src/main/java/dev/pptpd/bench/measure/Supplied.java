package dev.pptpd.bench.measure;

import java.io.IOException;
import java.util.List;

/**
 * A contestant that needs something done for it in turn with its own work, which nobody measures:
 * packets to receive, or room for those that it sends.
 *
 * @param times how often that goes on in one repetition
 * @param owned closed with the contestant, the last one first
 */
public record Supplied(
        Step before, Contestant contestant, Step after, int times, List<AutoCloseable> owned)
        implements Contestant {
    /** Something that is not measured. */
    @FunctionalInterface
    public interface Step {
        /** Nothing to do. */
        Step NONE = () -> {};

        /** Does it. */
        void run() throws IOException;
    }

    /** Copies the list. */
    public Supplied {
        owned = List.copyOf(owned);
    }

    @Override
    public double measure() throws IOException {
        double sum = 0;
        for (int time = 0; time < times; time++) {
            before.run();
            sum += contestant.measure();
            after.run();
        }
        return sum / times;
    }

    @Override
    public void close() {
        contestant.close();
        for (AutoCloseable each : owned.reversed()) {
            try {
                each.close();
            } catch (Exception e) {
                throw new IllegalStateException("left behind: " + each, e);
            }
        }
    }
}
