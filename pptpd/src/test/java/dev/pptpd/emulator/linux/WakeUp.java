package dev.pptpd.emulator.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;

/** An eventfd: lets one thread end the {@link Poll} of another. */
public final class WakeUp implements Pollable, AutoCloseable {
    private static final int EFD_NONBLOCK_CLOEXEC = 0x800 | 0x80000;

    private final int descriptor = Libc.eventfd(EFD_NONBLOCK_CLOEXEC);
    private boolean closed;

    /** Makes it readable. After {@link #close()} nothing happens. */
    public synchronized void signal() {
        if (closed) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            Libc.write(descriptor, arena.allocateFrom(JAVA_LONG, 1L));
        }
    }

    /** Makes it unreadable again. */
    public void clear() {
        try (Arena arena = Arena.ofConfined()) {
            Libc.read(descriptor, arena.allocate(JAVA_LONG));
        }
    }

    @Override
    public int descriptor() {
        return descriptor;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            Libc.close(descriptor);
        }
    }
}
