package dev.pptpd;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a process that serves ends: in order when it is asked to, at once when a worker dies. A
 * worker never dies alone: half a server would keep clients from finding a whole one. Any thread.
 */
final class ProcessEnd {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessEnd.class);

    private final PidFile pidFile;
    private volatile boolean begun;

    ProcessEnd(PidFile pidFile) {
        this.pidFile = pidFile;
    }

    /** From here on workers may end. */
    void begin() {
        begun = true;
    }

    /** For the thread of each worker. */
    void onWorkerDeath(Thread thread, Throwable mistake) {
        if (!begun) {
            LOG.error("event=worker-died worker={}", thread.getName(), mistake);
            pidFile.delete();
            Runtime.getRuntime().halt(ExitCode.SOFTWARE.number());
        }
    }

    /** Does {@code close} when the process is asked to end, by SIGTERM for one. */
    void whenAsked(Runnable close) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(close), "shutdown"));
    }

    private void stop(Runnable close) {
        LOG.info("event=stopping");
        close.run();
        pidFile.delete();
        LOG.info("event=stopped");
        // Not the JVM's own 143: an end by SIGTERM is a success.
        Runtime.getRuntime().halt(ExitCode.OK.number());
    }

    /** Waits for one step of an orderly end, but not for ever. */
    static void await(CompletableFuture<Void> step, long millis) {
        try {
            step.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.debug("event=impatient detail=\"not every peer answered\"");
        } catch (ExecutionException e) {
            LOG.warn("event=stop-failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
