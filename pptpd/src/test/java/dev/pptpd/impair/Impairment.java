package dev.pptpd.impair;

import java.time.Duration;

/**
 * How bad one direction of a path is. A packet is lost, or it is sent once or twice; each of these
 * keeps its place among the others, after a delay between the least and the most, or falls behind
 * those that come after it.
 *
 * @param loss share of the packets that are lost, 0 to 1
 * @param duplication share of the others that arrive twice
 * @param reordering share of what is sent that is held back by once more the greatest delay, and so
 *     is overtaken where packets follow each other faster
 * @param leastDelay of a packet that keeps its place
 * @param greatestDelay of a packet that keeps its place
 * @param shuffled so many packets at a time leave in an order drawn by lot; 1 changes no order
 */
public record Impairment(
        double loss,
        double duplication,
        double reordering,
        Duration leastDelay,
        Duration greatestDelay,
        int shuffled) {

    /** A path that only forwards. */
    public static final Impairment NONE = new Impairment(0, 0, 0, Duration.ZERO, Duration.ZERO, 1);

    /** A bad line: loses 5 %, duplicates 3 %, reorders 10 %, delays 5 to 15 ms. */
    public static final Impairment BAD_LINE =
            new Impairment(0.05, 0.03, 0.10, Duration.ofMillis(5), Duration.ofMillis(15), 1);

    public Impairment {
        if (leastDelay.compareTo(greatestDelay) > 0 || shuffled < 1) {
            throw new IllegalArgumentException("no such path");
        }
    }

    /** A path without loss that shuffles its packets, so many at a time. */
    public static Impairment shuffling(int packets) {
        return new Impairment(0, 0, 0, Duration.ZERO, Duration.ZERO, packets);
    }
}
