package dev.pptpd.gre;

/** When the numbers that were given up last had been overtaken, should they come after all. */
final class GivenUpNumbers {
    /** Those of 100 ms on a fast path that loses one packet in twenty; a power of two. */
    private static final int CAPACITY = 64;

    private final int[] numbers = new int[CAPACITY];
    private final long[] overtakenNanos = new long[CAPACITY];
    private int added;

    void add(int number, long overtakenAtNanos) {
        int index = added++ & CAPACITY - 1;
        numbers[index] = number;
        overtakenNanos[index] = overtakenAtNanos;
    }

    /** How late that number is at {@code nowNanos}; -1 when it is not among the last ones. */
    long lateness(int number, long nowNanos) {
        // The counter is compared unsigned: a session may give up more than 2^31 numbers.
        for (int back = 1; back <= CAPACITY && Integer.compareUnsigned(back, added) <= 0; back++) {
            int index = added - back & CAPACITY - 1;
            if (numbers[index] == number) {
                return nowNanos - overtakenNanos[index];
            }
        }
        return -1;
    }
}
