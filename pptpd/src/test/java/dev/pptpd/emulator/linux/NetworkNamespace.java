package dev.pptpd.emulator.linux;

import java.lang.foreign.Arena;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Work in another network namespace. Sockets stay where they were made, whoever uses them. */
public final class NetworkNamespace {
    private static final int O_CLOEXEC = 0x80000;
    private static final int CLONE_NEWNET = 0x40000000;

    private NetworkNamespace() {}

    /** Moves this platform thread, for the rest of its life, into a namespace made by ip(8). */
    public static void enter(String name) {
        try (Arena arena = Arena.ofConfined()) {
            int descriptor = Libc.open(arena.allocateFrom("/run/netns/" + name), O_CLOEXEC);
            try {
                Libc.setns(descriptor, CLONE_NEWNET);
            } finally {
                Libc.close(descriptor);
            }
        }
    }

    /** Calls {@code work} on a thread of its own in the namespace and waits for the result. */
    public static <T> T inside(String name, Supplier<T> work) {
        var result = new CompletableFuture<T>();
        Thread.ofPlatform()
                .name("in " + name)
                .start(() -> {
                    try {
                        enter(name);
                        result.complete(work.get());
                    } catch (RuntimeException e) {
                        result.completeExceptionally(e);
                    }
                });
        return result.join();
    }
}
