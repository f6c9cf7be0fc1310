package dev.pptpd;

import dev.pptpd.net.ControlServer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control server's event loop as an executor that can be handed out before the server listens.
 * What comes when there is no loop, before or after, has nobody left to tell and is dropped.
 */
final class EventLoop implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);

    private volatile @Nullable ControlServer server;

    /** From now on tasks run on this server's loop. */
    void run(ControlServer listener) {
        server = listener;
    }

    /** Whether there is a server to run tasks on. */
    boolean isRunning() {
        return server != null;
    }

    @Override
    public void execute(Runnable task) {
        ControlServer running = server;
        if (running == null) {
            throw new IllegalStateException("the event loop does not run yet");
        }
        try {
            running.execute(() -> guarded(task));
        } catch (RejectedExecutionException e) {
            LOG.debug("event=event-loop-closed");
        }
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException mistake) {
            LOG.error("event=internal-error", mistake);
        }
    }

    /** Closes the server; done at once when it never ran. */
    CompletableFuture<Void> close() {
        ControlServer running = server;
        return running == null ? CompletableFuture.completedFuture(null) : running.close();
    }
}
