package dev.pptpd.gre;

import java.util.Optional;

/**
 * Held frames in the order of their numbers. The first of them are ready, their numbers being
 * settled; the others wait for a number before theirs.
 */
final class ReorderBuffer {
    private static final HeldFrame[] NONE = {};

    /** For a tunnel that has held nothing yet; it holds nothing, so that many may share it. */
    static final ReorderBuffer NO_ROOM = new ReorderBuffer(0);

    private final int capacity;

    /** Made with the first frame that is held. */
    private HeldFrame[] frames = NONE;

    private int size;
    private int ready;

    ReorderBuffer(int capacity) {
        this.capacity = capacity;
    }

    boolean isEmpty() {
        return size == 0;
    }

    boolean isFull() {
        return size == capacity;
    }

    boolean hasReady() {
        return ready > 0;
    }

    boolean hasWaiting() {
        return size > ready;
    }

    /** The lowest number, ready or not; only where not empty. */
    int firstNumber() {
        return frames[0].sequenceNumber();
    }

    /** The highest number; only where not empty. */
    int lastNumber() {
        return frames[size - 1].sequenceNumber();
    }

    /** The lowest number that waits; only where one does. */
    int firstWaitingNumber() {
        return frames[ready].sequenceNumber();
    }

    boolean contains(int number) {
        int index = insertionIndex(number);
        return index > 0 && frames[index - 1].sequenceNumber() == number;
    }

    /** Adds a frame that waits; its number is not in the buffer, and the buffer is not full. */
    void insert(HeldFrame frame) {
        if (frames.length == 0) {
            frames = new HeldFrame[capacity];
        }
        int index = insertionIndex(frame.sequenceNumber());
        System.arraycopy(frames, index, frames, index + 1, size - index);
        frames[index] = frame;
        size++;
    }

    /** From the end, where nearly every packet belongs. */
    private int insertionIndex(int number) {
        int index = size;
        while (index > 0 && SequenceNumber.isAfter(frames[index - 1].sequenceNumber(), number)) {
            index--;
        }
        return index;
    }

    /** Makes the first waiting frame ready. */
    void markReady() {
        ready++;
    }

    /** Takes out the first frame if it is ready. */
    Optional<HeldFrame> poll() {
        if (ready == 0) {
            return Optional.empty();
        }
        HeldFrame first = frames[0];
        ready--;
        size--;
        System.arraycopy(frames, 1, frames, 0, size);
        return first.present();
    }

    /** When the frame arrived that has waited longest; only where one waits. */
    long oldestArrivalNanos() {
        return oldestArrivalNanos(ready);
    }

    /** When the first frame with a higher number arrived; only where there is one. */
    long oldestArrivalNanosAfter(int number) {
        return oldestArrivalNanos(insertionIndex(number));
    }

    private long oldestArrivalNanos(int from) {
        long oldest = frames[from].arrivalNanos();
        for (int index = from + 1; index < size; index++) {
            long arrival = frames[index].arrivalNanos();
            oldest = arrival - oldest < 0 ? arrival : oldest;
        }
        return oldest;
    }

    /** The highest waiting number that arrived no later than that; only where one did. */
    int lastNumberArrivedBy(long nanos) {
        int index = size - 1;
        while (frames[index].arrivalNanos() - nanos > 0) {
            index--;
        }
        return frames[index].sequenceNumber();
    }

    /** Releases the frames that wait and tells how many they were. Ready ones stay. */
    int discardWaiting() {
        int waiting = size - ready;
        while (size > ready) {
            frames[--size].release();
        }
        return waiting;
    }

    /** Releases everything. */
    void discardAll() {
        if (!isEmpty()) {
            ready = 0;
            discardWaiting();
        }
    }
}
