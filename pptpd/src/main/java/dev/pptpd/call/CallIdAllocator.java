package dev.pptpd.call;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/**
 * Hands out call ids: unpredictable, unique, and none again within 60 s of its release, so that a
 * late packet of one call never meets the next. The low bits of an id name the worker that owns it,
 * which is how a socket filter tells whose packet it is. Every operation is O(1). One thread.
 */
public final class CallIdAllocator {
    private static final int IDS = CallId.MAXIMUM + 1;

    /** Longer than any packet lives, and than any client goes on sending after the end. */
    private static final long REST_NANOS = Duration.ofSeconds(60).toNanos();

    private final RandomGenerator random;
    private final int workers;
    private final char[][] freeIds;
    private final int[] freeCounts;

    /** Released ids, oldest first, in a ring that has room for all there are. */
    private final char[] restingIds = new char[IDS];

    private final long[] releasedAtNanos = new long[IDS];
    private int restingHead;
    private int restingCount;

    /**
     * @param random must be unpredictable: who guesses a call id may inject packets
     * @param workers 1, 2 or 4
     * @throws IllegalArgumentException for another number of workers
     */
    public CallIdAllocator(RandomGenerator random, int workers) {
        if (workers < 1 || workers > 4 || Integer.bitCount(workers) != 1) {
            throw new IllegalArgumentException(workers + " workers, must be 1, 2 or 4");
        }
        this.random = random;
        this.workers = workers;
        this.freeIds = new char[workers][IDS / workers];
        this.freeCounts = new int[workers];
        for (int id = 1; id < IDS; id++) {
            addFree(id);
        }
    }

    /** The worker that owns an id. */
    int workerOf(int callId) {
        return callId & (workers - 1);
    }

    /** A call id of this worker; empty if all of them are in use or at rest. */
    public OptionalInt allocate(int worker, long nowNanos) {
        endRests(worker, nowNanos);
        int count = freeCounts[worker];
        if (count == 0) {
            return OptionalInt.empty();
        }
        char[] free = freeIds[worker];
        int chosen = random.nextInt(count);
        int callId = free[chosen];
        free[chosen] = free[count - 1];
        freeCounts[worker] = count - 1;
        return OptionalInt.of(callId);
    }

    /** Takes back an id that was allocated and not yet released. */
    public void release(int callId, long nowNanos) {
        int tail = (restingHead + restingCount) % IDS;
        restingIds[tail] = (char) callId;
        releasedAtNanos[tail] = nowNanos;
        restingCount++;
    }

    /**
     * Frees what has rested. Two at a time, so that no call pays for many that ended at once, and
     * more only where this worker has nothing left.
     */
    private void endRests(int worker, long nowNanos) {
        for (int i = 0; restingCount > 0 && (i < 2 || freeCounts[worker] == 0); i++) {
            if (nowNanos - releasedAtNanos[restingHead] < REST_NANOS) {
                return;
            }
            addFree(restingIds[restingHead]);
            restingHead = (restingHead + 1) % IDS;
            restingCount--;
        }
    }

    private void addFree(int callId) {
        int worker = workerOf(callId);
        freeIds[worker][freeCounts[worker]++] = (char) callId;
    }
}
