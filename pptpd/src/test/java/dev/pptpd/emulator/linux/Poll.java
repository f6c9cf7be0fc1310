package dev.pptpd.emulator.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Waits until one of a few descriptors becomes readable. */
public final class Poll {
    private static final int POLLFD_BYTES = 8;
    private static final int EVENTS_OFFSET = 4;
    private static final short POLLIN = 1;

    private Poll() {}

    /** Waits at most that long; a negative limit waits for ever. */
    public static void awaitReadable(List<? extends Pollable> sources, int limitMillis) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment descriptors = arena.allocate(JAVA_INT, 2L * sources.size());
            for (int i = 0; i < sources.size(); i++) {
                long at = (long) i * POLLFD_BYTES;
                descriptors.set(JAVA_INT, at, sources.get(i).descriptor());
                descriptors.set(JAVA_SHORT, at + EVENTS_OFFSET, POLLIN);
            }
            Libc.poll(descriptors, sources.size(), limitMillis);
        }
    }
}
