package dev.pptpd.session;

import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.linux.Netlink;
import dev.pptpd.linux.TunDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes devices on a thread of its own: closing one takes the kernel 20 ms, and logins do not
 * wait for that. Those that are to go while others are going go together, which takes it no longer
 * than one does. Methods are for any thread.
 */
final class DeviceRemoval implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceRemoval.class);

    /** Set in no group of {@link DeviceThread}'s, which are positive. */
    private static final int PASSING = 1 << 31;

    private final Together together;
    private final Queue<Doomed> waiting = new ConcurrentLinkedQueue<>();

    /** How many are still to go. */
    private final AtomicInteger pending = new AtomicInteger();

    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().name("device-ends").factory());

    private record Doomed(TunDevice device, Runnable then) {}

    /** What deletes many devices faster than closing them does. */
    interface Together extends AutoCloseable {
        /** They are closed afterwards, whatever became of them. */
        void delete(List<TunDevice> devices) throws ErrnoException;

        @Override
        void close();
    }

    private record ByGroup(Netlink netlink, int passing) implements Together {
        @Override
        public void delete(List<TunDevice> devices) throws ErrnoException {
            netlink.deleteTogether(devices, passing);
        }

        @Override
        public void close() {
            netlink.close();
        }
    }

    /** Owns what it is given. */
    DeviceRemoval(Together together) {
        this.together = together;
    }

    /** For devices of that link group, 0 or more. */
    static DeviceRemoval open(int group) throws ErrnoException {
        return new DeviceRemoval(new ByGroup(Netlink.open(), passing(group)));
    }

    /** The link group that devices of a group go through on their way out. */
    static int passing(int group) {
        return group | PASSING;
    }

    /** Removes a device, then runs {@code then} on the thread. */
    void remove(TunDevice device, Runnable then) {
        pending.incrementAndGet();
        waiting.add(new Doomed(device, then));
        thread.execute(new GuardedTask(this::removeWaiting));
    }

    /** Whether every device that was to be removed is gone. */
    boolean isIdle() {
        return pending.get() == 0;
    }

    /** Runs {@code then} on the thread when the devices are gone that are to be removed by now. */
    void after(Runnable then) {
        thread.execute(new GuardedTask(then));
    }

    /** All that came while the last ones went; nothing is left for the tasks of the others then. */
    private void removeWaiting() {
        List<Doomed> doomed = new ArrayList<>();
        for (Doomed next = waiting.poll(); next != null; next = waiting.poll()) {
            doomed.add(next);
        }
        if (doomed.size() > 1) {
            new GuardedTask(() -> delete(doomed.stream().map(Doomed::device).toList())).run();
        }
        for (Doomed each : doomed) {
            new GuardedTask(each.device()::close).run();
            pending.decrementAndGet();
            new GuardedTask(each.then()).run();
        }
    }

    private void delete(List<TunDevice> devices) {
        try {
            together.delete(devices);
        } catch (ErrnoException e) {
            // Each goes when it is closed, only not as fast.
            LOG.debug("event=devices-not-deleted-together detail=\"{}\"", e.getMessage());
        }
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (thread.awaitTermination(1, TimeUnit.SECONDS)) {
                together.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
