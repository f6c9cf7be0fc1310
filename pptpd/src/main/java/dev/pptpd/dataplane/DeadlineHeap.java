package dev.pptpd.dataplane;

import dev.pptpd.gre.Deadline;
import java.util.Arrays;

/**
 * Which call is due next: a binary heap over call ids with a place for each, so that a deadline is
 * set, moved and removed in O(log n) without allocation. One thread.
 */
final class DeadlineHeap {
    private static final int CALL_IDS = 1 << 16;
    private static final int ABSENT = -1;
    private static final int INITIAL_CAPACITY = 64;

    private final int[] places = new int[CALL_IDS];
    private int[] callIds = new int[INITIAL_CAPACITY];
    private long[] deadlines = new long[INITIAL_CAPACITY];
    private int size;

    DeadlineHeap() {
        Arrays.fill(places, ABSENT);
    }

    /** Sets the deadline of a call; {@link Deadline#NEVER} takes it out. */
    void set(int callId, long deadlineNanos) {
        int place = places[callId];
        if (deadlineNanos == Deadline.NEVER) {
            remove(callId);
        } else if (place == ABSENT) {
            grow();
            put(size, callId, deadlineNanos);
            up(size++);
        } else if (deadlines[place] != deadlineNanos) {
            deadlines[place] = deadlineNanos;
            up(place);
            down(places[callId]);
        }
    }

    /** Takes a call out. */
    void remove(int callId) {
        int place = places[callId];
        if (place == ABSENT) {
            return;
        }
        places[callId] = ABSENT;
        size--;
        if (place < size) {
            int moved = callIds[size];
            put(place, moved, deadlines[size]);
            up(place);
            down(places[moved]);
        }
    }

    /** The call that is due first at {@code nowNanos}; -1 when none is. */
    int due(long nowNanos) {
        return size > 0 && deadlines[0] - nowNanos <= 0 ? callIds[0] : ABSENT;
    }

    /** Nanoseconds until the first deadline: 0 when it has passed, -1 when there is none. */
    long untilNext(long nowNanos) {
        return size == 0 ? ABSENT : Math.max(0, deadlines[0] - nowNanos);
    }

    private void grow() {
        if (size == callIds.length) {
            callIds = Arrays.copyOf(callIds, 2 * size);
            deadlines = Arrays.copyOf(deadlines, 2 * size);
        }
    }

    private void up(int place) {
        int at = place;
        while (at > 0 && isSooner(at, (at - 1) / 2)) {
            swap(at, (at - 1) / 2);
            at = (at - 1) / 2;
        }
    }

    private void down(int place) {
        int at = place;
        while (true) {
            int child = 2 * at + 1;
            if (child >= size) {
                return;
            }
            if (child + 1 < size && isSooner(child + 1, child)) {
                child++;
            }
            if (!isSooner(child, at)) {
                return;
            }
            swap(at, child);
            at = child;
        }
    }

    private boolean isSooner(int a, int b) {
        return deadlines[a] - deadlines[b] < 0;
    }

    private void swap(int a, int b) {
        int callId = callIds[a];
        long deadline = deadlines[a];
        put(a, callIds[b], deadlines[b]);
        put(b, callId, deadline);
    }

    private void put(int place, int callId, long deadlineNanos) {
        callIds[place] = callId;
        deadlines[place] = deadlineNanos;
        places[callId] = place;
    }
}
