package dev.pptpd.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.pptpd.gre.linux.Descriptor;
import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.gre.linux.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * An eventfd(2): wakes the one thread that watches it with epoll. Any thread may {@link #signal};
 * many signals before a {@link #drain} are one wake-up.
 */
public final class EventFd implements AutoCloseable {
    // Specification: <sys/eventfd.h>
    private static final int EFD_NONBLOCK = 0x800;
    private static final int EFD_CLOEXEC = 0x80000;

    private final MemorySegment one = Arena.ofAuto().allocateFrom(JAVA_LONG, 1);
    private final MemorySegment drained = Arena.ofAuto().allocate(JAVA_LONG);
    private final Descriptor descriptor;

    private EventFd(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    /** Makes one, not signalled, non-blocking and closed on exec. */
    public static EventFd open() throws ErrnoException {
        int fd =
                ErrnoException.check(
                        Libc.eventfd(EFD_NONBLOCK | EFD_CLOEXEC), "eventfd", "wake-up");
        return new EventFd(new Descriptor(fd));
    }

    /** The descriptor, for epoll: readable while signalled. */
    public synchronized int fd() {
        return descriptor.number();
    }

    /**
     * Wakes the watching thread. After {@link #close} nothing happens: a signal on its way while
     * the watcher ends must not reach whoever owns the descriptor's number next, hence the lock.
     */
    public synchronized void signal() {
        if (descriptor.isOpen()) {
            // The one possible failure is a counter about to overflow, and then the watcher has
            // been told.
            Libc.write(descriptor.number(), one, Long.BYTES);
        }
    }

    /**
     * Takes the signal back; for the watching thread, before it looks at what it was woken for.
     *
     * @return whether there was one
     */
    public synchronized boolean drain() {
        return Libc.read(descriptor.number(), drained, Long.BYTES) == Long.BYTES;
    }

    @Override
    public synchronized void close() {
        descriptor.close();
    }
}
