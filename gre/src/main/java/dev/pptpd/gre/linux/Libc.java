package dev.pptpd.gre.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
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

    private static final MethodHandle OPEN =
            variadic("open", 2, FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle CLOSE =
            function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle READ =
            function("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle WRITE =
            function("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle WRITEV =
            function("writev", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle IOCTL =
            variadic("ioctl", 2, FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS));
    private static final MethodHandle SOCKET =
            function("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle BIND =
            function("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle SETSOCKOPT =
            function(
                    "setsockopt",
                    FunctionDescriptor.of(
                            JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle GETSOCKOPT =
            function(
                    "getsockopt",
                    FunctionDescriptor.of(
                            JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle SEND =
            function(
                    "send",
                    FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle SENDTO =
            function(
                    "sendto",
                    FunctionDescriptor.of(
                            JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle RECV =
            function(
                    "recv",
                    FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle SENDMMSG =
            function(
                    "sendmmsg",
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
    private static final MethodHandle RECVMMSG =
            function(
                    "recvmmsg",
                    FunctionDescriptor.of(
                            JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS));
    private static final MethodHandle EPOLL_CREATE1 =
            function("epoll_create1", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle EPOLL_CTL =
            function(
                    "epoll_ctl",
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
    private static final MethodHandle EPOLL_WAIT =
            function(
                    "epoll_wait",
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
    private static final MethodHandle EVENTFD =
            function("eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle IF_NAMETOINDEX =
            function("if_nametoindex", FunctionDescriptor.of(JAVA_INT, ADDRESS));

    private Libc() {}

    /** open(2) of an existing file. */
    public static int open(MemorySegment path, int flags) {
        MemorySegment state = CALL_STATE_OF_THREAD.get();
        try {
            return result((int) OPEN.invokeExact(state, path, flags), state);
        } catch (Throwable unexpected) {
            throw broken(unexpected);
        }
    }

    /** close(2). */
    public static int close(int fd) {
        MemorySegment state = CALL_STATE_OF_THREAD.get();
        try {
            return result((int) CLOSE.invokeExact(state, fd), state);
        } catch (Throwable unexpected) {
            throw broken(unexpected);
        }
    }

    /** read(2) of at most {@code length} octets, at most 2 GiB, into {@code buffer}. */
    public static int read(int fd, MemorySegment buffer, long length) {
        try {
            return read(fd, buffer.address(), length);
        } finally {
            Reference.reachabilityFence(buffer);
        }
    }

    /**
     * The same for memory that the caller keeps until after the call. A packet path has no segment
     * for each of its packets, unless the compiler sees through all of this class.
     */
    public static int read(int fd, long address, long length) {
        MemorySegment state = CALL_STATE_OF_THREAD.get();
        try {
            return result((int) (long) READ.invokeExact(state, fd, address, length), state);
        } catch (Throwable unexpected) {
            throw broken(unexpected);
        }
    }

    /** write(2) of the first {@code length} octets of {@code buffer}, at most 2 GiB. */
    public static int write(int fd, MemorySegment buffer, long length) {
        try {
            return write(fd, buffer.address(), length);
        } finally {
            Reference.reachabilityFence(buffer);
        }
    }

    /** The same for memory that the caller keeps until after the call. */
    public static int write(int fd, long address, long length) {
        MemorySegment state = CALL_STATE_OF_THREAD.get();
        try {
            return result((int) (long) WRITE.invokeExact(state, fd, address, length), state);
        } catch (Throwable unexpected) {
            throw broken(unexpected);
        }
    }

    /** writev(2) of {@code count} pieces, at most 2 GiB. */
    public static int writev(int fd, MemorySegment vectors, int count) {
        MemorySegment state = CALL_STATE_OF_THREAD.get();
        try {
            return result((int) (long) WRITEV.invokeExact(state, fd, vectors, count), state);
        } catch (Throwable unexpected) {
            throw broken(unexpected);
        }
    }

    /** ioctl(2) whose argument is a pointer, or a number in its place. */
    public static int ioctl(int fd, long request, MemorySegment argument) {
        MemorySegment state = CALL_STATE_OF_THREAD.get();
        try {
            return result((int) IOCTL.invokeExact(state, fd, request, argument), state);
        } catch (Throwable unexpected) {
            throw broken(unexpected);
        }
    }

    /** socket(2). */
    public static int socket(int domain, int type, int protocol) {
        MemorySegment state = CALL_STATE_OF_THREAD.get();
        try {
            return result((int) SOCKET.invokeExact(state, domain, type, protocol), state);
        } catch (Throwable unexpected) {
            throw broken(unexpected);
        }
    }

    /** bind(2). */
    public static int bind(int fd, MemorySegment address, int length) {
        MemorySegment state = CALL_STATE_OF_THREAD.get();
        try {
            return result((int) BIND.invokeExact(state, fd, address, length), state);
        } catch (Throwable unexpected) {
            throw broken(unexpected);
        }
    }

    /** setsockopt(2). */
    public static int setsockopt(int fd, int level, int option, MemorySegment value, int length) {
        MemorySegment state = CALL_STATE_OF_THREAD.get();
        try {
            return result(
                    (int) SETSOCKOPT.invokeExact(state, fd, level, option, value, length), state);
        } catch (Throwable unexpected) {
            throw broken(unexpected);
        }
    }

    /**
     * getsockopt(2); {@code length} holds an int, the room in {@code value} before and the size
     * after.
     */
    public static int getsockopt(
            int fd, int level, int option, MemorySegment value, MemorySegment length) {
        MemorySegment state = CALL_STATE_OF_THREAD.get();
        try {
            return result(
                    (int) GETSOCKOPT.invokeExact(state, fd, level, option, value, length), state);
        } catch (Throwable unexpected) {
            throw broken(unexpected);
        }
    }

    /** send(2). */
    public static int send(int fd, MemorySegment buffer, long length, int flags) {
        MemorySegment state = CALL_STATE_OF_THREAD.get();
        try {
            return result((int) (long) SEND.invokeExact(state, fd, buffer, length, flags), state);
        } catch (Throwable unexpected) {
            throw broken(unexpected);
        }
    }

    /** sendto(2) without flags. */
    public static int sendto(
            int fd, MemorySegment buffer, long length, MemorySegment address, int addressLength) {
        MemorySegment state = CALL_STATE_OF_THREAD.get();
        try {
            long sent =
                    (long) SENDTO.invokeExact(state, fd, buffer, length, 0, address, addressLength);
            return result((int) sent, state);
        } catch (Throwable unexpected) {
            throw broken(unexpected);
        }
    }

    /** recv(2). */
    public static int recv(int fd, MemorySegment buffer, long length, int flags) {
        MemorySegment state = CALL_STATE_OF_THREAD.get();
        try {
            return result((int) (long) RECV.invokeExact(state, fd, buffer, length, flags), state);
        } catch (Throwable unexpected) {
            throw broken(unexpected);
        }
    }

    /** sendmmsg(2). */
    public static int sendmmsg(int fd, MemorySegment messages, int count, int flags) {
        MemorySegment state = CALL_STATE_OF_THREAD.get();
        try {
            return result((int) SENDMMSG.invokeExact(state, fd, messages, count, flags), state);
        } catch (Throwable unexpected) {
            throw broken(unexpected);
        }
    }

    /** recvmmsg(2) without its timeout, which works only between messages. */
    public static int recvmmsg(int fd, MemorySegment messages, int count, int flags) {
        MemorySegment state = CALL_STATE_OF_THREAD.get();
        try {
            return result(
                    (int)
                            RECVMMSG.invokeExact(
                                    state, fd, messages, count, flags, MemorySegment.NULL),
                    state);
        } catch (Throwable unexpected) {
            throw broken(unexpected);
        }
    }

    /** epoll_create1(2). */
    public static int epollCreate1(int flags) {
        MemorySegment state = CALL_STATE_OF_THREAD.get();
        try {
            return result((int) EPOLL_CREATE1.invokeExact(state, flags), state);
        } catch (Throwable unexpected) {
            throw broken(unexpected);
        }
    }

    /** epoll_ctl(2). */
    public static int epollCtl(int epollFd, int operation, int fd, MemorySegment event) {
        MemorySegment state = CALL_STATE_OF_THREAD.get();
        try {
            return result((int) EPOLL_CTL.invokeExact(state, epollFd, operation, fd, event), state);
        } catch (Throwable unexpected) {
            throw broken(unexpected);
        }
    }

    /** epoll_wait(2). */
    public static int epollWait(int epollFd, MemorySegment events, int maximum, int timeoutMillis) {
        MemorySegment state = CALL_STATE_OF_THREAD.get();
        try {
            return result(
                    (int) EPOLL_WAIT.invokeExact(state, epollFd, events, maximum, timeoutMillis),
                    state);
        } catch (Throwable unexpected) {
            throw broken(unexpected);
        }
    }

    /** eventfd(2) with the counter at zero. */
    public static int eventfd(int flags) {
        MemorySegment state = CALL_STATE_OF_THREAD.get();
        try {
            return result((int) EVENTFD.invokeExact(state, 0, flags), state);
        } catch (Throwable unexpected) {
            throw broken(unexpected);
        }
    }

    /** if_nametoindex(3): the index of a network device of the calling thread's namespace. */
    public static int ifNameToIndex(MemorySegment name) {
        MemorySegment state = CALL_STATE_OF_THREAD.get();
        try {
            int index = (int) IF_NAMETOINDEX.invokeExact(state, name);
            return index != 0 ? index : -state.get(JAVA_INT, ERRNO_OFFSET);
        } catch (Throwable unexpected) {
            throw broken(unexpected);
        }
    }

    private static int result(int returned, MemorySegment state) {
        return returned >= 0 ? returned : -state.get(JAVA_INT, ERRNO_OFFSET);
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

    private static MethodHandle function(String name, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name), descriptor, CAPTURE_ERRNO);
    }

    private static MethodHandle variadic(
            String name, int firstVariadic, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                descriptor,
                Linker.Option.firstVariadicArg(firstVariadic),
                CAPTURE_ERRNO);
    }
}
