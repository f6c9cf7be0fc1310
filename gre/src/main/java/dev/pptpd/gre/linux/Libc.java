package dev.pptpd.gre.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.ref.Reference;

/**
 * The C library: every native call of this program, and so the one class that needs native access.
 *
 * <p>Each call returns what the C function returns, or the negative error number ({@code -}{@link
 * Errno}) where C returns -1 and sets errno. Segments passed in must be native. Calls may be made
 * from any thread and allocate nothing after a thread's first.
 *
 * <p>All functions share two signatures of six and of three words. Each one that the JVM links
 * costs a start about 20 ms, and with one for each function that was half of all that a start took.
 * What C declares shorter than a word goes sign-extended in a register of its own, as the calling
 * conventions of Linux on 64-bit machines have it; words that a function does not know of are in
 * registers where it does not look.
 */
@SuppressWarnings(
        "restricted") // Native access is granted to this module for the sake of this class.
public final class Libc {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option CAPTURE_ERRNO = Linker.Option.captureCallState("errno");
    private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
    private static final long ERRNO_OFFSET =
            CALL_STATE.byteOffset(PathElement.groupElement("errno"));

    /** Where errno is copied right after a call, before the JVM can overwrite it. */
    private static final ThreadLocal<MemorySegment> CALL_STATE_OF_THREAD =
            ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(CALL_STATE));

    private static final MethodHandle CALL =
            LINKER.downcallHandle(
                    FunctionDescriptor.of(
                            JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
                            JAVA_LONG),
                    CAPTURE_ERRNO);

    /** For functions with an ellipsis, which Linux has after two arguments. */
    private static final MethodHandle VARIADIC_CALL =
            LINKER.downcallHandle(
                    FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
                    Linker.Option.firstVariadicArg(2),
                    CAPTURE_ERRNO);

    private static final MemorySegment OPEN = function("open");
    private static final MemorySegment CLOSE = function("close");
    private static final MemorySegment READ = function("read");
    private static final MemorySegment WRITE = function("write");
    private static final MemorySegment WRITEV = function("writev");
    private static final MemorySegment IOCTL = function("ioctl");
    private static final MemorySegment SOCKET = function("socket");
    private static final MemorySegment BIND = function("bind");
    private static final MemorySegment SETSOCKOPT = function("setsockopt");
    private static final MemorySegment GETSOCKOPT = function("getsockopt");
    private static final MemorySegment SEND = function("send");
    private static final MemorySegment SENDTO = function("sendto");
    private static final MemorySegment RECV = function("recv");
    private static final MemorySegment SENDMMSG = function("sendmmsg");
    private static final MemorySegment RECVMMSG = function("recvmmsg");
    private static final MemorySegment EPOLL_CREATE1 = function("epoll_create1");
    private static final MemorySegment EPOLL_CTL = function("epoll_ctl");
    private static final MemorySegment EPOLL_WAIT = function("epoll_wait");
    private static final MemorySegment EVENTFD = function("eventfd");
    private static final MemorySegment IF_NAMETOINDEX = function("if_nametoindex");

    private Libc() {}

    /** open(2) of an existing file. */
    public static int open(MemorySegment path, int flags) {
        try {
            return variadicCall(OPEN, address(path), flags, 0);
        } finally {
            Reference.reachabilityFence(path);
        }
    }

    /** close(2). */
    public static int close(int fd) {
        return call(CLOSE, fd, 0, 0, 0, 0, 0);
    }

    /** read(2) of at most {@code length} octets, at most 2 GiB, into {@code buffer}. */
    public static int read(int fd, MemorySegment buffer, long length) {
        try {
            return call(READ, fd, address(buffer), length, 0, 0, 0);
        } finally {
            Reference.reachabilityFence(buffer);
        }
    }

    /**
     * The same for memory that the caller keeps until after the call. A packet path has no segment
     * for each of its packets, unless the compiler sees through all of this class.
     */
    public static int read(int fd, long address, long length) {
        return call(READ, fd, address, length, 0, 0, 0);
    }

    /** write(2) of the first {@code length} octets of {@code buffer}, at most 2 GiB. */
    public static int write(int fd, MemorySegment buffer, long length) {
        try {
            return call(WRITE, fd, address(buffer), length, 0, 0, 0);
        } finally {
            Reference.reachabilityFence(buffer);
        }
    }

    /** The same for memory that the caller keeps until after the call. */
    public static int write(int fd, long address, long length) {
        return call(WRITE, fd, address, length, 0, 0, 0);
    }

    /** writev(2) of {@code count} pieces, at most 2 GiB. */
    public static int writev(int fd, MemorySegment vectors, int count) {
        try {
            return call(WRITEV, fd, address(vectors), count, 0, 0, 0);
        } finally {
            Reference.reachabilityFence(vectors);
        }
    }

    /** ioctl(2) whose argument is a pointer, or a number in its place. */
    public static int ioctl(int fd, long request, MemorySegment argument) {
        try {
            return variadicCall(IOCTL, fd, request, address(argument));
        } finally {
            Reference.reachabilityFence(argument);
        }
    }

    /** socket(2). */
    public static int socket(int domain, int type, int protocol) {
        return call(SOCKET, domain, type, protocol, 0, 0, 0);
    }

    /** bind(2). */
    public static int bind(int fd, MemorySegment address, int length) {
        try {
            return call(BIND, fd, address(address), length, 0, 0, 0);
        } finally {
            Reference.reachabilityFence(address);
        }
    }

    /** setsockopt(2). */
    public static int setsockopt(int fd, int level, int option, MemorySegment value, int length) {
        try {
            return call(SETSOCKOPT, fd, level, option, address(value), length, 0);
        } finally {
            Reference.reachabilityFence(value);
        }
    }

    /**
     * getsockopt(2); {@code length} holds an int, the room in {@code value} before and the size
     * after.
     */
    public static int getsockopt(
            int fd, int level, int option, MemorySegment value, MemorySegment length) {
        try {
            return call(GETSOCKOPT, fd, level, option, address(value), address(length), 0);
        } finally {
            Reference.reachabilityFence(value);
            Reference.reachabilityFence(length);
        }
    }

    /** send(2). */
    public static int send(int fd, MemorySegment buffer, long length, int flags) {
        try {
            return call(SEND, fd, address(buffer), length, flags, 0, 0);
        } finally {
            Reference.reachabilityFence(buffer);
        }
    }

    /** sendto(2) without flags. */
    public static int sendto(
            int fd, MemorySegment buffer, long length, MemorySegment address, int addressLength) {
        try {
            return call(SENDTO, fd, address(buffer), length, 0, address(address), addressLength);
        } finally {
            Reference.reachabilityFence(buffer);
            Reference.reachabilityFence(address);
        }
    }

    /** recv(2). */
    public static int recv(int fd, MemorySegment buffer, long length, int flags) {
        try {
            return call(RECV, fd, address(buffer), length, flags, 0, 0);
        } finally {
            Reference.reachabilityFence(buffer);
        }
    }

    /** sendmmsg(2). */
    public static int sendmmsg(int fd, MemorySegment messages, int count, int flags) {
        try {
            return call(SENDMMSG, fd, address(messages), count, flags, 0, 0);
        } finally {
            Reference.reachabilityFence(messages);
        }
    }

    /** recvmmsg(2) without its timeout, which works only between messages. */
    public static int recvmmsg(int fd, MemorySegment messages, int count, int flags) {
        try {
            return call(RECVMMSG, fd, address(messages), count, flags, 0, 0);
        } finally {
            Reference.reachabilityFence(messages);
        }
    }

    /** epoll_create1(2). */
    public static int epollCreate1(int flags) {
        return call(EPOLL_CREATE1, flags, 0, 0, 0, 0, 0);
    }

    /** epoll_ctl(2). */
    public static int epollCtl(int epollFd, int operation, int fd, MemorySegment event) {
        try {
            return call(EPOLL_CTL, epollFd, operation, fd, address(event), 0, 0);
        } finally {
            Reference.reachabilityFence(event);
        }
    }

    /** epoll_wait(2). */
    public static int epollWait(int epollFd, MemorySegment events, int maximum, int timeoutMillis) {
        try {
            return call(EPOLL_WAIT, epollFd, address(events), maximum, timeoutMillis, 0, 0);
        } finally {
            Reference.reachabilityFence(events);
        }
    }

    /** eventfd(2) with the counter at zero. */
    public static int eventfd(int flags) {
        return call(EVENTFD, 0, flags, 0, 0, 0, 0);
    }

    /** if_nametoindex(3): the index of a network device of the calling thread's namespace. */
    public static int ifNameToIndex(MemorySegment name) {
        try {
            int index = call(IF_NAMETOINDEX, address(name), 0, 0, 0, 0, 0);
            return index != 0 ? index : -errno();
        } finally {
            Reference.reachabilityFence(name);
        }
    }

    private static int call(
            MemorySegment function,
            long first,
            long second,
            long third,
            long fourth,
            long fifth,
            long sixth) {
        MemorySegment state = CALL_STATE_OF_THREAD.get();
        try {
            return result(
                    (long)
                            CALL.invokeExact(
                                    function, state, first, second, third, fourth, fifth, sixth),
                    state);
        } catch (Throwable unexpected) {
            throw broken(unexpected);
        }
    }

    private static int variadicCall(MemorySegment function, long first, long second, long third) {
        MemorySegment state = CALL_STATE_OF_THREAD.get();
        try {
            return result(
                    (long) VARIADIC_CALL.invokeExact(function, state, first, second, third), state);
        } catch (Throwable unexpected) {
            throw broken(unexpected);
        }
    }

    /** The upper half of what a function returns that returns an int is of no meaning. */
    private static int result(long returned, MemorySegment state) {
        int value = (int) returned;
        return value >= 0 ? value : -state.get(JAVA_INT, ERRNO_OFFSET);
    }

    /** Of the calling thread's latest call. */
    private static int errno() {
        return CALL_STATE_OF_THREAD.get().get(JAVA_INT, ERRNO_OFFSET);
    }

    /** C would take a place on the heap, or where memory was, for an address. */
    private static long address(MemorySegment segment) {
        if (!segment.isNative() || !segment.scope().isAlive()) {
            throw new IllegalArgumentException("not native memory in use: " + segment);
        }
        return segment.address();
    }

    /**
     * A downcall itself throws only for a wrong argument or handle type: our mistake, never the
     * kernel's answer.
     */
    private static RuntimeException broken(Throwable unexpected) {
        if (unexpected instanceof RuntimeException exception) {
            return exception;
        }
        if (unexpected instanceof Error error) {
            throw error;
        }
        return new IllegalStateException(unexpected);
    }

    private static MemorySegment function(String name) {
        return LINKER.defaultLookup().findOrThrow(name);
    }
}
