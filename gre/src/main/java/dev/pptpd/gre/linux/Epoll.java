package dev.pptpd.gre.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;

/**
 * A level-triggered epoll(7) set. Each descriptor carries a token of the caller's choice, by which
 * its events are recognised.
 */
public final class Epoll implements AutoCloseable {
    /** Interest in readability. */
    public static final int READ = 0x001;

    /** Interest in writability. */
    public static final int WRITE = 0x004;

    // Specification: <sys/epoll.h>
    private static final int EPOLLERR = 0x008;
    private static final int EPOLLHUP = 0x010;
    private static final int EPOLL_CLOEXEC = 0x80000;
    private static final int EPOLL_CTL_ADD = 1;
    private static final int EPOLL_CTL_DEL = 2;
    private static final int EPOLL_CTL_MOD = 3;

    /** struct epoll_event is packed on x86-64 only. */
    private static final int TOKEN_OFFSET =
            System.getProperty("os.arch").equals("amd64") ? Integer.BYTES : Long.BYTES;

    private static final int EVENT_SIZE = TOKEN_OFFSET + Long.BYTES;

    // Implementation: more than a worker's batch; what does not fit is reported by the next wait.
    private static final int MAXIMUM_EVENTS = 128;

    private final Descriptor descriptor;
    private final MemorySegment events;
    private final MemorySegment change;
    private int count;

    private Epoll(Descriptor descriptor) {
        Arena arena = Arena.ofAuto();
        this.descriptor = descriptor;
        this.events = arena.allocate((long) MAXIMUM_EVENTS * EVENT_SIZE, Long.BYTES);
        this.change = arena.allocate(EVENT_SIZE, Long.BYTES);
    }

    /** Makes an empty set, closed on exec. */
    public static Epoll create() throws ErrnoException {
        int fd = ErrnoException.check(Libc.epollCreate1(EPOLL_CLOEXEC), "epoll_create1", "worker");
        return new Epoll(new Descriptor(fd));
    }

    /** Watches {@code fd} for readability. */
    public void add(int fd, long token) throws ErrnoException {
        control(EPOLL_CTL_ADD, fd, READ, token);
    }

    /**
     * Changes what {@code fd} is watched for: {@link #READ}, {@link #WRITE}, both or neither
     * (errors only).
     */
    public void modify(int fd, int interest, long token) throws ErrnoException {
        control(EPOLL_CTL_MOD, fd, interest, token);
    }

    /**
     * Stops watching {@code fd}; call it before the descriptor is closed. Events of {@code fd} that
     * the last {@link #await} returned stay visible.
     */
    public void remove(int fd) throws ErrnoException {
        control(EPOLL_CTL_DEL, fd, 0, 0);
    }

    /**
     * Waits until something happens.
     *
     * @param timeoutNanos 0 only looks, a negative value waits for ever; rounded up to whole
     *     milliseconds, so that a deadline has passed when its wait ends
     * @return number of events, 0 after the timeout or a signal
     */
    public int await(long timeoutNanos) throws ErrnoException {
        count = 0;
        int result =
                Libc.epollWait(
                        descriptor.number(), events, MAXIMUM_EVENTS, roundUpToMillis(timeoutNanos));
        if (result == -Errno.EINTR) {
            return 0;
        }
        count = ErrnoException.check(result, "epoll_wait", "worker");
        return count;
    }

    /** The token of event {@code index} of the last {@link #await}, from 0. */
    public long token(int index) {
        return events.get(JAVA_LONG_UNALIGNED, offset(index) + TOKEN_OFFSET);
    }

    /** Whether a read of the descriptor of event {@code index} would not block. */
    public boolean isReadable(int index) {
        return (flags(index) & READ) != 0;
    }

    /** Whether a write to the descriptor of event {@code index} would not block. */
    public boolean isWritable(int index) {
        return (flags(index) & WRITE) != 0;
    }

    /**
     * Whether the descriptor of event {@code index} has an error pending or its other end is gone.
     */
    public boolean isError(int index) {
        return (flags(index) & (EPOLLERR | EPOLLHUP)) != 0;
    }

    @Override
    public void close() {
        descriptor.close();
    }

    private void control(int operation, int fd, int interest, long token) throws ErrnoException {
        change.set(JAVA_INT, 0, interest);
        change.set(JAVA_LONG_UNALIGNED, TOKEN_OFFSET, token);
        int result = Libc.epollCtl(descriptor.number(), operation, fd, change);
        if (result < 0) {
            throw new ErrnoException(
                    "epoll_ctl", -result, "operation " + operation + " on descriptor " + fd);
        }
    }

    private int flags(int index) {
        return events.get(JAVA_INT, offset(index));
    }

    private long offset(int index) {
        if (index < 0 || index >= count) {
            throw new IndexOutOfBoundsException(index);
        }
        return (long) index * EVENT_SIZE;
    }

    private static int roundUpToMillis(long nanos) {
        if (nanos <= 0) {
            return nanos == 0 ? 0 : -1;
        }
        long millis = (nanos - 1) / TimeUnit.MILLISECONDS.toNanos(1) + 1;
        return (int) Math.min(millis, Integer.MAX_VALUE);
    }
}
