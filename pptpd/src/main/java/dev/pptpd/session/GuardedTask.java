package dev.pptpd.session;

import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A task whose mistake is logged and keeps nobody else's task from running. */
record GuardedTask(Runnable task) implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedTask.class);

    @Override
    public void run() {
        isDone();
    }

    /** Runs it; returns whether it came to its end. */
    boolean isDone() {
        try {
            task.run();
            return true;
        } catch (RejectedExecutionException e) {
            LOG.debug("event=devices-closed");
        } catch (RuntimeException mistake) {
            LOG.error("event=internal-error", mistake);
        }
        return false;
    }
}
