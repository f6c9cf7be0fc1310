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

    private final int passingGroup;
    private final Netlink netlink;
    private final Queue<Doomed> waiting = new ConcurrentLinkedQueue<>();
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().name("device-ends").factory());

    private record Doomed(TunDevice device, Runnable then) {}

    private DeviceRemoval(int group, Netlink netlink) {
        this.passingGroup = passing(group);
        this.netlink = netlink;
    }

    /** For devices of that link group, 0 or more. */
    static DeviceRemoval open(int group) throws ErrnoException {
        return new DeviceRemoval(group, Netlink.open());
    }

    /** The link group that devices of a group go through on their way out. */
    static int passing(int group) {
        return group | PASSING;
    }

    /** Removes a device, then runs {@code then} on the thread. */
    void remove(TunDevice device, Runnable then) {
        waiting.add(new Doomed(device, then));
        thread.execute(this::removeWaiting);
    }

    /** All that came while the last ones went; nothing is left for the tasks of the others then. */
    private void removeWaiting() {
        List<Doomed> together = new ArrayList<>();
        for (Doomed next = waiting.poll(); next != null; next = waiting.poll()) {
            together.add(next);
        }
        if (together.size() > 1) {
            delete(together.stream().map(Doomed::device).toList());
        }
        for (Doomed each : together) {
            each.device().close();
            each.then().run();
        }
    }

    private void delete(List<TunDevice> devices) {
        try {
            netlink.deleteTogether(devices, passingGroup);
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
                netlink.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
