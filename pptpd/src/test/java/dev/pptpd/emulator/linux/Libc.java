package dev.pptpd.emulator.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** The C library's functions as the tests need them; a failure is an exception or -1. */
final class Libc {
    static final int EINTR = 4;
    static final int EAGAIN = 11;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO =
            CALL_STATE.varHandle(StructLayout.PathElement.groupElement("errno"));
    private static final ThreadLocal<MemorySegment> STATE =
            ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(CALL_STATE));

    private static final MethodHandle CLOSE = handle("close", JAVA_INT, JAVA_INT);
    private static final MethodHandle SOCKET =
            handle("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle BIND = handle("bind", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle CONNECT =
            handle("connect", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SETSOCKOPT =
            handle("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SENDTO =
            handle("sendto", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SENDMMSG =
            handle("sendmmsg", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle RECV =
            handle("recv", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle POLL = handle("poll", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle EVENTFD = handle("eventfd", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle READ =
            handle("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle WRITE =
            handle("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);

    private Libc() {}

    static void close(int descriptor) {
        call(CLOSE, descriptor);
    }

    static int socket(int domain, int type, int protocol) {
        return (int) succeeded("socket", call(SOCKET, domain, type, protocol));
    }

    static void bind(int descriptor, MemorySegment address) {
        succeeded("bind", call(BIND, descriptor, address, (int) address.byteSize()));
    }

    static void connect(int descriptor, MemorySegment address) {
        succeeded("connect", call(CONNECT, descriptor, address, (int) address.byteSize()));
    }

    static void setsockopt(int descriptor, int level, int option, MemorySegment value) {
        succeeded(
                "setsockopt",
                call(SETSOCKOPT, descriptor, level, option, value, (int) value.byteSize()));
    }

    /** Returns the octets sent, or -1 with {@link #errno()}. */
    static long sendto(int descriptor, MemorySegment data, int flags, MemorySegment address) {
        return call(
                SENDTO,
                descriptor,
                data,
                data.byteSize(),
                flags,
                address,
                (int) address.byteSize());
    }

    /** Returns the messages sent, or -1 with {@link #errno()}. */
    static int sendmmsg(int descriptor, MemorySegment messages, int count) {
        return (int) call(SENDMMSG, descriptor, messages, count, 0);
    }

    /** Returns the octets received, 0 at the end of a stream, or -1 with {@link #errno()}. */
    static long recv(int descriptor, MemorySegment buffer, int flags) {
        return call(RECV, descriptor, buffer, buffer.byteSize(), flags);
    }

    /** Returns how many descriptors are ready; an interrupted wait counts as none. */
    static int poll(MemorySegment descriptors, int count, int timeoutMillis) {
        long ready = call(POLL, descriptors, (long) count, timeoutMillis);
        return ready < 0 && errno() == EINTR ? 0 : (int) succeeded("poll", ready);
    }

    static int eventfd(int flags) {
        return (int) succeeded("eventfd", call(EVENTFD, 0, flags));
    }

    static long read(int descriptor, MemorySegment buffer) {
        return call(READ, descriptor, buffer, buffer.byteSize());
    }

    static void write(int descriptor, MemorySegment data) {
        succeeded("write", call(WRITE, descriptor, data, data.byteSize()));
    }

    /** The reason of the last failure in this thread. */
    static int errno() {
        return (int) ERRNO.get(STATE.get(), 0L);
    }

    static long succeeded(String function, long result) {
        if (result < 0) {
            throw new IllegalStateException(function + ": errno " + errno());
        }
        return result;
    }

    private static long call(MethodHandle function, Object... arguments) {
        Object[] all = new Object[arguments.length + 1];
        all[0] = STATE.get();
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        try {
            return ((Number) function.invokeWithArguments(all)).longValue();
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("restricted") // the point of this class
    private static MethodHandle handle(
            String name, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(result, arguments),
                Linker.Option.captureCallState("errno"));
    }
}
