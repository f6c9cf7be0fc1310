package dev.pptpd.bench.measure;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * Tells time in which the calling thread had the processor, in nanoseconds. On Linux it is {@code
 * CLOCK_THREAD_CPUTIME_ID}, which the baselines in C read, too.
 */
@FunctionalInterface
public interface CpuClock {
    /** Since some moment in the past. */
    long nanos();

    /** The clock of whoever asks it. */
    static CpuClock ofThread() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return threads::getCurrentThreadCpuTime;
    }
}
