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

    private static final long[] NONE = {};

    // Bit sets, made when for the first time not every number came in its turn. Until then the run
    // of numbers that did says it all.
    private long[] received = NONE;
    private long[] open = NONE;

    /** Open ones that were never given up: nobody missed them. */
    private long[] unmissed = NONE;

    /** Numbers before the expected one that came in their turn, counted up to the window. */
    private int run;

    private boolean openBeforeRun;
    private boolean missedBeforeRun;

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
        run = 0;
        openBeforeRun = openBefore;
        missedBeforeRun = missed;
        if (hasSets()) {
            fillSets();
        }
    }

    private boolean hasSets() {
        return received.length > 0;
    }

    private void needSets() {
        if (!hasSets()) {
            received = new long[NUMBERS / Long.SIZE];
            open = new long[NUMBERS / Long.SIZE];
            unmissed = new long[NUMBERS / Long.SIZE];
            fillSets();
        }
    }

    private void fillSets() {
        Arrays.fill(received, 0L);
        Arrays.fill(open, openBeforeRun ? -1L : 0L);
        Arrays.fill(unmissed, missedBeforeRun ? 0L : -1L);
        for (int back = 1; back <= run; back++) {
            set(received, expected - back);
            clear(open, expected - back);
        }
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
        if (!hasSets()) {
            return placeByRun(-ahead);
        }
        if (contains(received, number)) {
            return Place.RECEIVED;
        }
        return contains(open, number) ? Place.OPEN : Place.GIVEN_UP;
    }

    private Place placeByRun(int behind) {
        if (behind <= run) {
            return Place.RECEIVED;
        }
        return openBeforeRun ? Place.OPEN : Place.GIVEN_UP;
    }

    /** Whether an open number had been given up. */
    boolean wasGivenUp(int number) {
        return !hasSets() ? missedBeforeRun : !contains(unmissed, number);
    }

    /** Marks a number that is expected or open. */
    void receive(int number) {
        receivedPackets++;
        if (number != expected) {
            needSets();
        }
        if (hasSets()) {
            set(received, number);
            clear(open, number);
        }
        if (number == expected) {
            expected++;
            run = Math.min(run + 1, NUMBERS);
        }
        if (!anyReceived || SequenceNumber.isAfter(number, highestReceived)) {
            anyReceived = true;
            highestReceived = number;
        }
    }

    /** Goes past the expected number without it. */
    void giveUp() {
        needSets();
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
        needSets();
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
