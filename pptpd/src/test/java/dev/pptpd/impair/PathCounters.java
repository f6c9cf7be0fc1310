package dev.pptpd.impair;

/**
 * What became of the packets of one direction at one moment.
 *
 * @param seen packets that came in
 * @param lost of these, never sent
 * @param duplicated of these, sent twice
 * @param reordered sent after one that came in later
 */
public record PathCounters(long seen, long lost, long duplicated, long reordered) {

    /** What was counted since an earlier moment. */
    public PathCounters since(PathCounters earlier) {
        return new PathCounters(
                seen - earlier.seen,
                lost - earlier.lost,
                duplicated - earlier.duplicated,
                reordered - earlier.reordered);
    }

    /** Share of the packets that were lost, 0 to 1. */
    public double lossShare() {
        return seen == 0 ? 0 : (double) lost / seen;
    }
}
