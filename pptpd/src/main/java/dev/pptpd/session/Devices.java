package dev.pptpd.session;

import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.linux.Netlink;
import dev.pptpd.linux.TunConfiguration;
import dev.pptpd.linux.TunDevice;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes and removes the TUN devices of sessions, one after another on a thread of its own: a
 * removal takes the kernel 20 ms, and no event loop waits for that. A platform thread, because a
 * virtual one would hold its carrier for as long. Methods are for any thread.
 */
public final class Devices implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Devices.class);

    /** Firewall rules and scripts expect this name. */
    private static final String NAME_PATTERN = "ppp%d";

    private static final Duration SWEEP_TIMEOUT = Duration.ofSeconds(10);

    private final int group;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().name("devices").factory());
    private final Netlink netlink;

    private Devices(int group) throws ErrnoException {
        this.group = group;
        this.netlink = Netlink.open();
    }

    /** What became of a device that was asked for. */
    public sealed interface Creation {
        /** It is there. */
        record Made(TunDevice device) implements Creation {}

        /** The kernel refused. */
        record Failed(ErrnoException cause) implements Creation {}
    }

    /** Devices of this link group, above 0: the mark by which a later start knows them. */
    public static Devices open(int group) throws ErrnoException {
        return new Devices(group);
    }

    /**
     * Removes what is left of an earlier process and waits until it is gone.
     *
     * @return how many there were
     */
    public int sweep() throws ErrnoException, InterruptedException {
        try {
            return thread.submit(() -> netlink.deleteGroup(group, SWEEP_TIMEOUT)).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ErrnoException errno) {
                throw errno;
            }
            throw new IllegalStateException(e);
        }
    }

    /** Makes a device that is up and has its addresses, then tells {@code then} on its thread. */
    public void create(int local, int peer, int mtuBytes, Consumer<Creation> then) {
        thread.execute(() -> then.accept(create(local, peer, mtuBytes)));
    }

    private Creation create(int local, int peer, int mtuBytes) {
        try {
            TunDevice device = TunDevice.open(NAME_PATTERN);
            try {
                netlink.configure(device, new TunConfiguration(local, peer, mtuBytes, group));
                return new Creation.Made(device);
            } catch (ErrnoException e) {
                device.close();
                return new Creation.Failed(e);
            }
        } catch (ErrnoException e) {
            return new Creation.Failed(e);
        }
    }

    /** Removes a device, then runs {@code then} on its thread. */
    public void remove(TunDevice device, Runnable then) {
        thread.execute(() -> {
            device.close();
            then.run();
        });
    }

    /** Removes all devices at once, which is far quicker than one by one. */
    public void removeAll() {
        try {
            sweep();
        } catch (ErrnoException e) {
            LOG.warn("event=devices-left detail=\"{}\"", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
