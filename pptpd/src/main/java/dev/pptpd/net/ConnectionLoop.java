package dev.pptpd.net;

import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One event loop and the connections that live on it; it ends with the last of them, once it is
 * closed. What is not said to be for any thread is for the event loop alone.
 *
 * @param <C> a connection
 */
final class ConnectionLoop<C> {
    private final EventLoopGroup group;
    private final Set<C> connections = new HashSet<>();
    private boolean closing;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    ConnectionLoop(String threadName) {
        this.group = ControlTransport.newEventLoop(threadName);
    }

    /** For a bootstrap. Any thread. */
    EventLoopGroup group() {
        return group;
    }

    /**
     * Runs a task on the event loop, soon and in order. Any thread.
     *
     * @throws java.util.concurrent.RejectedExecutionException once the loop has ended
     */
    void execute(Runnable task) {
        group.execute(task);
    }

    /**
     * Runs a task on the event loop after a delay, unless cancelled before. Any thread.
     *
     * @throws java.util.concurrent.RejectedExecutionException once the loop has ended
     */
    Future<?> schedule(Runnable task, Duration delay) {
        return group.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    void add(C connection) {
        connections.add(connection);
    }

    /** A connection is gone for good. */
    void remove(C connection) {
        connections.remove(connection);
        endIfIdle();
    }

    int size() {
        return connections.size();
    }

    /** Whether there are to be no more connections. */
    boolean isClosing() {
        return closing;
    }

    /**
     * Ends the loop when the last connection is gone. Any thread.
     *
     * @param acceptNoMore done first, once
     * @param stop asks one connection to end, which may take a while
     * @return done when the event loop is gone; the same each time
     */
    CompletableFuture<Void> close(Runnable acceptNoMore, Consumer<C> stop) {
        if (!group.isShuttingDown()) {
            group.execute(() -> beginClose(acceptNoMore, stop));
        }
        return closed.copy();
    }

    private void beginClose(Runnable acceptNoMore, Consumer<C> stop) {
        if (closing) {
            return;
        }
        closing = true;
        acceptNoMore.run();
        List.copyOf(connections).forEach(stop);
        endIfIdle();
    }

    private void endIfIdle() {
        if (closing && connections.isEmpty()) {
            end();
        }
    }

    /** Ends the event loop at once, connections or not. Any thread. */
    // Closing is watched through the future of close().
    @SuppressWarnings("FutureReturnValueIgnored")
    void end() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).addListener(_ -> closed.complete(null));
    }
}
