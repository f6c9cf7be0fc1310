package dev.pptpd.gre.linux;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What went through a batch so far.
 *
 * @param packets packets that the kernel delivered or took
 * @param failures errors of the kernel by {@link Errno} number, ascending; on the sending side each
 *     one is a packet lost
 */
public record BatchCounters(long packets, SortedMap<Integer, Long> failures) {
    public BatchCounters {
        failures = Collections.unmodifiableSortedMap(new TreeMap<>(failures));
    }

    /** Number of errors of all kinds. */
    public long failureCount() {
        return failures.values().stream().mapToLong(Long::longValue).sum();
    }

    /** How often {@code errno} came up. */
    public long failures(int errno) {
        return failures.getOrDefault(errno, 0L);
    }

    /** For a log line: {@code packets=12 EPERM=3}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("packets=").append(packets);
        for (Map.Entry<Integer, Long> failure : failures.entrySet()) {
            text.append(' ')
                    .append(Errno.name(failure.getKey()))
                    .append('=')
                    .append(failure.getValue());
        }
        return text.toString();
    }
}
