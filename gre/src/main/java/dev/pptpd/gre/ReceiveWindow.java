package dev.pptpd.gre;

import java.util.Arrays;

/**
 * Which of the last {@value #NUMBERS} sequence numbers before the expected one were received, and
 * which of the others may still come. The three states of such a number: received, given up, open.
 */
final class ReceiveWindow {
    /**
     * Wide enough for the reordering seen on real paths and for every batch of packets between
     * offer and reject; a power of two, since numbers index the bit sets by their low bits.
     */
    static final int NUMBERS = 1024;

    /** Where a number lies. */
    enum Place {
        EXPECTED,
        /** Behind the expected number, by less than the window. */
        AHEAD,
        RECEIVED,
        OPEN,
        GIVEN_UP,
        FAR
    }

    private final long[] received = new long[NUMBERS / Long.SIZE];
    private final long[] open = new long[NUMBERS / Long.SIZE];

    /** Open ones that were never given up: nobody missed them. */
    private final long[] unmissed = new long[NUMBERS / Long.SIZE];

    private boolean started;
    private int expected;
    private boolean anyReceived;
    private int highestReceived;
    private long receivedPackets;

    boolean isStarted() {
        return started;
    }

    /** The number after the last one that was received or given up. */
    int expected() {
        return expected;
    }

    /** Whether {@link #highestReceived} has a meaning. */
    boolean anyReceived() {
        return anyReceived;
    }

    int highestReceived() {
        return highestReceived;
    }

    /** How often {@link #receive} was called. */
    long receivedPackets() {
        return receivedPackets;
    }

    /**
     * Expects {@code number} next and knows nothing of the numbers before it.
     *
     * @param openBefore whether those may still come
     * @param missed whether they count as given up
     */
    void restart(int number, boolean openBefore, boolean missed) {
        started = true;
        expected = number;
        anyReceived = false;
        Arrays.fill(received, 0L);
        Arrays.fill(open, openBefore ? -1L : 0L);
        Arrays.fill(unmissed, missed ? 0L : -1L);
    }

    Place place(int number) {
        int ahead = SequenceNumber.distance(expected, number);
        if (ahead == 0) {
            return Place.EXPECTED;
        }
        if (ahead >= NUMBERS || ahead < -NUMBERS) {
            return Place.FAR;
        }
        if (ahead > 0) {
            return Place.AHEAD;
        }
        if (contains(received, number)) {
            return Place.RECEIVED;
        }
        return contains(open, number) ? Place.OPEN : Place.GIVEN_UP;
    }

    /** Whether an open number had been given up. */
    boolean wasGivenUp(int number) {
        return !contains(unmissed, number);
    }

    /** Marks a number that is expected or open. */
    void receive(int number) {
        receivedPackets++;
        set(received, number);
        clear(open, number);
        if (number == expected) {
            expected++;
        }
        if (!anyReceived || SequenceNumber.isAfter(number, highestReceived)) {
            anyReceived = true;
            highestReceived = number;
        }
    }

    /** Goes past the expected number without it. */
    void giveUp() {
        clear(received, expected);
        clear(open, expected);
        clear(unmissed, expected);
        expected++;
    }

    /**
     * Opens a received number, and with it those that were given up only because it had come: all
     * down to the next received one.
     */
    void reopen(int number) {
        clear(received, number);
        set(unmissed, number);
        int oldest = expected - NUMBERS;
        int opened = number;
        while (!SequenceNumber.isAfter(oldest, opened) && !contains(received, opened)) {
            set(open, opened);
            opened--;
        }
        if (number == highestReceived) {
            // The scan stopped at the next lower received number, if the window has one.
            anyReceived = !SequenceNumber.isAfter(oldest, opened);
            highestReceived = opened;
        }
    }

    private static boolean contains(long[] set, int number) {
        return (set[word(number)] & bit(number)) != 0;
    }

    private static void set(long[] set, int number) {
        set[word(number)] |= bit(number);
    }

    private static void clear(long[] set, int number) {
        set[word(number)] &= ~bit(number);
    }

    private static int word(int number) {
        return (number & NUMBERS - 1) / Long.SIZE;
    }

    private static long bit(int number) {
        return 1L << number;
    }
}
