package dev.pptpd.bench.measure;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Several ways to do the same work. The first is the baseline, the last is ours.
 *
 * @param title what is compared
 * @param unit of what contestants answer, such as {@code ns/packet}
 */
public record Comparison(String title, String unit, List<Entry> entries) {
    /** Copies the list. */
    public Comparison {
        entries = List.copyOf(entries);
        if (entries.size() < 2) {
            throw new IllegalArgumentException("a comparison needs two");
        }
    }

    /** How a contestant comes into being. */
    @FunctionalInterface
    public interface Opener {
        /**
         * Makes it ready to be measured.
         *
         * @throws UnavailableException when this host lacks what it is made of
         * @throws IOException when it does not do what it should
         */
        Contestant open() throws UnavailableException, IOException;
    }

    /**
     * Somebody who takes part.
     *
     * @param goal what ours is to be against it
     */
    public record Entry(String name, Opener opener, Optional<Goal> goal) {
        /** A limit of its own says nothing about a rival. */
        public Entry {
            if (goal.isPresent() && !goal.get().isRelative()) {
                throw new IllegalArgumentException(name + " with a limit of its own");
            }
        }

        /** One whom ours need not surpass. */
        public Entry(String name, Opener opener) {
            this(name, opener, Optional.empty());
        }

        /** A rival. */
        public Entry(String name, Opener opener, Goal goal) {
            this(name, opener, Optional.of(goal));
        }
    }
}
