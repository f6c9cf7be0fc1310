package dev.pptpd.gre;

/** When the numbers that were given up last had been overtaken, should they come after all. */
final class GivenUpNumbers {
    /** Those of 100 ms on a fast path that loses one packet in twenty; a power of two. */
    private static final int CAPACITY = 64;

    static final long UNKNOWN = -1;
    static final long TAKEN = -2;

    private static final int[] NO_NUMBERS = {};
    private static final long[] NO_TIMES = {};
    private static final boolean[] NONE_TAKEN = {};

    // Made with the first number: on most paths none is ever given up.
    private int[] numbers = NO_NUMBERS;
    private long[] overtakenNanos = NO_TIMES;
    private boolean[] taken = NONE_TAKEN;
    private int added;

    void add(int number, long overtakenAtNanos) {
        if (numbers.length == 0) {
            numbers = new int[CAPACITY];
            overtakenNanos = new long[CAPACITY];
            taken = new boolean[CAPACITY];
        }
        int index = added++ & CAPACITY - 1;
        numbers[index] = number;
        overtakenNanos[index] = overtakenAtNanos;
        taken[index] = false;
    }

    /**
     * How late that number is at {@code nowNanos}, told once: a copy of it that comes later still
     * says nothing of the path. {@link #UNKNOWN} when it is not among the last ones, {@link #TAKEN}
     * when it was asked for before.
     */
    long takeLateness(int number, long nowNanos) {
        // The counter is compared unsigned: a session may give up more than 2^31 numbers.
        for (int back = 1; back <= CAPACITY && Integer.compareUnsigned(back, added) <= 0; back++) {
            int index = added - back & CAPACITY - 1;
            if (numbers[index] == number) {
                if (taken[index]) {
                    return TAKEN;
                }
                taken[index] = true;
                return nowNanos - overtakenNanos[index];
            }
        }
        return UNKNOWN;
    }
}
