package dev.pptpd.bench.report;

import dev.pptpd.bench.measure.CpuClock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * How much more CPU time the same work takes one processor while all work. Two processors that are
 * threads of one core share what computes, whatever the machine says of itself; then every figure
 * of something whose other end works at the same time has more nanoseconds than it would have by
 * itself.
 */
final class Contention {
    private static final int ROUNDS = 8;
    private static final long PAUSE_MILLIS = 100;
    private static final int STEPS = 20_000_000;

    // Specification: Knuth, The Art of Computer Programming, volume 2, section 3.3.4 (MMIX)
    private static final long FACTOR = 6_364_136_223_846_793_005L;

    /** What comes out goes here, or the compiler would leave the work out. */
    private static final AtomicLong RESULTS = new AtomicLong();

    private Contention() {}

    /**
     * The CPU time of one of all processors over that of one alone, the best of some rounds each; 1
     * where they share nothing.
     */
    static double measure() throws InterruptedException {
        CpuClock clock = CpuClock.ofThread();
        double alone = timed(clock);
        double together = together(clock);
        for (int round = 0; round < ROUNDS; round++) {
            // The compilers of this JVM have only just begun.
            Thread.sleep(PAUSE_MILLIS);
            alone = Math.min(alone, timed(clock));
            together = Math.min(together, together(clock));
        }
        return together / alone;
    }

    private static double together(CpuClock clock) throws InterruptedException {
        int processors = Runtime.getRuntime().availableProcessors();
        double[] nanos = new double[processors];
        CountDownLatch start = new CountDownLatch(processors);
        List<Thread> threads =
                IntStream.range(0, processors)
                        .mapToObj(each ->
                                Thread.ofPlatform()
                                        .start(() -> {
                                            start.countDown();
                                            while (start.getCount() > 0) {
                                                Thread.onSpinWait();
                                            }
                                            nanos[each] = timed(clock);
                                        }))
                        .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        return IntStream.range(0, processors).mapToDouble(each -> nanos[each]).average().orElse(0);
    }

    /** Four chains that do not wait for each other, and for memory neither. */
    private static double timed(CpuClock clock) {
        long before = clock.nanos();
        long first = 1;
        long second = 2;
        long third = 3;
        long fourth = 4;
        for (int step = 0; step < STEPS; step++) {
            first = first * FACTOR + 1;
            second ^= second << 13;
            second ^= second >>> 7;
            third += second;
            fourth = (fourth << 5) - fourth + step;
        }
        RESULTS.addAndGet(first + third + fourth);
        return clock.nanos() - before;
    }
}
