package dev.pptpd.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.pptpd.gre.linux.Descriptor;
import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.gre.linux.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Runs a task inside a named network namespace, by setns(2) on a platform thread made for it: what
 * the task opens, be it a Java socket, a raw socket or a TUN, lives in that namespace and stays
 * there when it is used by other threads. Processes that the task starts run in it too. Needs root.
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

    /**
     * Runs {@code task} in the namespace that {@code ip netns} knows by {@code name}; throws what
     * the task throws.
     */
    public static <T> T call(String name, Callable<T> task) throws Exception {
        FutureTask<T> future =
                new FutureTask<>(() -> {
                    enter(name);
                    return task.call();
                });
        Thread thread = Thread.ofPlatform().name("netns-" + name).start(future);
        try {
            return future.get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw new AssertionError(failure.getCause());
        } finally {
            thread.join();
        }
    }

    private static void enter(String name) throws ErrnoException {
        String path = "/run/netns/" + name;
        try (Arena arena = Arena.ofConfined()) {
            int fd = Libc.open(arena.allocateFrom(path), O_RDONLY_CLOEXEC);
            try (Descriptor namespace = new Descriptor(ErrnoException.check(fd, "open", path))) {
                if ((int) SETNS.invokeExact(namespace.number(), CLONE_NEWNET) != 0) {
                    throw new IllegalStateException("setns " + name);
                }
            }
        } catch (RuntimeException | Error | ErrnoException failure) {
            throw failure;
        } catch (Throwable unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }
}
