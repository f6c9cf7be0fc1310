package dev.pptpd.gre.linux;

import java.util.SortedMap;
import java.util.TreeMap;

/** How often each error number came up. Counting allocates nothing. */
final class ErrnoCounters {
    // Implementation: Linux's generic numbers end at 133; a larger one shares the last place.
    private static final int HIGHEST = 134;

    private final long[] counts = new long[HIGHEST + 1];

    void count(int errno) {
        counts[Math.min(errno, HIGHEST)]++;
    }

    /** The numbers that came up at least once, in ascending order. */
    SortedMap<Integer, Long> snapshot() {
        SortedMap<Integer, Long> snapshot = new TreeMap<>();
        for (int errno = 0; errno < counts.length; errno++) {
            if (counts[errno] > 0) {
                snapshot.put(errno, counts[errno]);
            }
        }
        return snapshot;
    }
}
