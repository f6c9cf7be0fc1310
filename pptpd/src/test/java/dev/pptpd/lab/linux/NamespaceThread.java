package dev.pptpd.lab.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.pptpd.gre.linux.Descriptor;
import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.gre.linux.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Platform threads inside a named network namespace, by setns(2): what such a thread opens, be it a
 * Java socket, a raw socket or a TUN, lives in that namespace and stays there when it is used by
 * other threads. Processes that it starts run in it too. Needs root.
 */
@SuppressWarnings("restricted") // setns(2) is needed by tests only.
public final class NamespaceThread {
    private static final int O_RDONLY_CLOEXEC = 0x80000;
    private static final int CLONE_NEWNET = 0x40000000;

    private static final MethodHandle SETNS =
            Linker.nativeLinker()
                    .downcallHandle(
                            Linker.nativeLinker().defaultLookup().findOrThrow("setns"),
                            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));

    private NamespaceThread() {}

    /** What a thread is to do in a namespace. */
    @FunctionalInterface
    public interface Task<T, E extends Exception> {
        T call() throws E;
    }

    /**
     * Runs {@code task} on a thread of its own in the namespace that {@code ip netns} knows by
     * {@code name}, and waits for the result; throws what the task throws.
     */
    public static <T, E extends Exception> T call(String name, Task<T, E> task) throws E {
        FutureTask<T> future =
                new FutureTask<>(() -> {
                    enter(name);
                    return task.call();
                });
        Thread.ofPlatform().name("netns-" + name).start(future);
        try {
            return future.get();
        } catch (ExecutionException failure) {
            switch (Objects.requireNonNull(failure.getCause())) {
                case RuntimeException unchecked -> throw unchecked;
                case Error error -> throw error;
                case Throwable cause -> {
                    @SuppressWarnings("unchecked") // A task throws only what it declares.
                    E declared = (E) cause;
                    throw declared;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in " + name, e);
        }
    }

    /** Moves the calling platform thread, for the rest of its life, into the namespace. */
    public static void enter(String name) {
        String path = "/run/netns/" + name;
        try (Arena arena = Arena.ofConfined()) {
            int fd = Libc.open(arena.allocateFrom(path), O_RDONLY_CLOEXEC);
            try (Descriptor namespace = new Descriptor(ErrnoException.check(fd, "open", path))) {
                if ((int) SETNS.invokeExact(namespace.number(), CLONE_NEWNET) != 0) {
                    throw new IllegalStateException("setns " + name);
                }
            }
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable failure) {
            throw new IllegalStateException(failure);
        }
    }
}
