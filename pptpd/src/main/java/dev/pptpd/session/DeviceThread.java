package dev.pptpd.session;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.linux.HostNetworks;
import dev.pptpd.linux.Ipv6Configuration;
import dev.pptpd.linux.Netlink;
import dev.pptpd.linux.TunDevice;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the TUN devices of sessions on a thread of its own, those that are wanted at a time
 * together, and has {@link DeviceRemoval} remove them: no event loop waits for the kernel. Platform
 * threads, because a virtual one would hold its carrier for as long. Methods are for any thread.
 *
 * <p>A route is added when the removals that were asked for before it are over: a device that is
 * going may have the very same one, and would take it along.
 */
public final class DeviceThread implements Devices, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceThread.class);

    /** Firewall rules and scripts expect this name. */
    private static final String NAME_PATTERN = "ppp%d";

    /** Devices made together at most: the first of them waits for the last. */
    private static final int TOGETHER = 32;

    /** How long nobody must have wanted a device before the next is made ahead. */
    private static final long QUIET_MILLIS = 250;

    private final int group;
    private final ScheduledThreadPoolExecutor thread =
            new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().name("devices").factory());
    private final Netlink netlink;
    private final DeviceMaker maker;
    private final DeviceRemoval removal;
    private final Queue<DeviceMaker.Request> waiting = new ConcurrentLinkedQueue<>();

    /** Whether devices are made ahead, and when that was put off last; for the thread alone. */
    private boolean makesAhead;

    private long lastWantedNanos = System.nanoTime();
    private boolean refillIsDue;

    private DeviceThread(int group, String namePattern, boolean withOffloads, int readyDevices)
            throws ErrnoException {
        this.group = group;
        this.netlink = Netlink.open();
        this.maker = new DeviceMaker(group, namePattern, withOffloads, readyDevices, netlink);
        this.removal = DeviceRemoval.open(group);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        // Here and not with its first task: it is in the network namespace of who starts it.
        thread.prestartAllCoreThreads();
    }

    /**
     * Devices of this link group, above 0: the mark by which a later start knows them.
     *
     * @param withOffloads whether the kernel may hand over super-packets, and take them
     * @param readyDevices how many devices are made ahead of logins, once {@link #makeAhead} says
     *     so; 0 for none
     */
    public static DeviceThread open(int group, boolean withOffloads, int readyDevices)
            throws ErrnoException {
        return new DeviceThread(group, NAME_PATTERN, withOffloads, readyDevices);
    }

    /**
     * The same with names of one's own, and none made ahead.
     *
     * @param namePattern as {@link TunDevice#open} takes it
     */
    public static DeviceThread open(int group, String namePattern, boolean withOffloads)
            throws ErrnoException {
        return new DeviceThread(group, namePattern, withOffloads, 0);
    }

    /**
     * Removes all devices, also what is left of an earlier process, and waits until they are gone.
     * None is made ahead any more.
     *
     * @return how many there were
     */
    public int sweep(Duration timeout) throws ErrnoException, InterruptedException {
        try {
            return thread.submit(() -> sweepAll(timeout)).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ErrnoException errno) {
                throw errno;
            }
            throw new IllegalStateException(e);
        }
    }

    private int sweepAll(Duration timeout) throws ErrnoException, InterruptedException {
        makesAhead = false;
        long deadlineNanos = System.nanoTime() + timeout.toNanos();
        try {
            int swept = netlink.deleteGroup(group, timeout);
            // Those that an earlier process was removing when it was killed.
            Duration left = Duration.ofNanos(Math.max(0, deadlineNanos - System.nanoTime()));
            return swept + netlink.deleteGroup(DeviceRemoval.passing(group), left);
        } finally {
            maker.ready().clear();
        }
    }

    /** From now on devices are made ahead whenever nobody waits for one. */
    public void makeAhead() {
        execute(() -> {
            makesAhead = true;
            refillLater();
        });
    }

    /** A mistake of one task keeps none of the others from theirs. */
    private void execute(Runnable task) {
        thread.execute(new GuardedTask(task));
    }

    /** Does it at once where nothing is being removed: then the kernel has what is free. */
    private void behindRemovals(Runnable task) {
        execute(() -> {
            if (removal.isIdle()) {
                task.run();
            } else {
                removal.after(() -> execute(task));
            }
        });
    }

    // A failure of it is told where it happens, and nobody waits for it.
    @SuppressWarnings("FutureReturnValueIgnored")
    private void refillLater() {
        if (makesAhead && !refillIsDue) {
            refillIsDue = true;
            thread.schedule(new GuardedTask(this::refill), QUIET_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** One at a time: a login that comes meanwhile waits for no more than that. */
    private void refill() {
        refillIsDue = false;
        long quietNanos = System.nanoTime() - lastWantedNanos;
        if (quietNanos < TimeUnit.MILLISECONDS.toNanos(QUIET_MILLIS)) {
            refillLater();
        } else if (makesAhead && maker.ready().refill()) {
            refillIsDue = true;
            execute(this::refill);
        }
    }

    @Override
    public void create(Wanted wanted, Consumer<Creation> then) {
        DeviceMaker.Request request = new DeviceMaker.Request(wanted, then);
        if (wanted.routes().isEmpty()) {
            makeWith(request);
        } else {
            behindRemovals(() -> makeWith(request));
        }
    }

    private void makeWith(DeviceMaker.Request request) {
        waiting.add(request);
        execute(this::makeWaiting);
    }

    /** All that came while the last ones were made; the tasks of the others find none then. */
    private void makeWaiting() {
        List<DeviceMaker.Request> together = new ArrayList<>();
        while (together.size() < TOGETHER && !waiting.isEmpty()) {
            together.add(waiting.remove());
        }
        if (!together.isEmpty()) {
            maker.make(together);
            lastWantedNanos = System.nanoTime();
            refillLater();
        }
    }

    @Override
    public void addRoutes(
            TunDevice device, List<Ipv4Network> routes, Consumer<List<RefusedRoute>> then) {
        behindRemovals(() -> then.accept(maker.addRoutes(device, routes)));
    }

    @Override
    public void narrow(TunDevice device, int mtuBytes) {
        execute(() -> {
            try {
                netlink.changeMtu(device, mtuBytes);
            } catch (ErrnoException e) {
                LOG.debug("event=device-not-narrowed detail=\"{}\"", e.getMessage());
            }
        });
    }

    @Override
    public void changePeer(
            TunDevice device,
            Ipv4Address local,
            Ipv4Address from,
            Ipv4Address to,
            Consumer<Optional<String>> then) {
        execute(() -> then.accept(problem(() -> netlink.changePeer(device, local, from, to))));
    }

    /** A change of a device. */
    private interface Change {
        void make() throws ErrnoException;
    }

    private static Optional<String> problem(Change change) {
        try {
            change.make();
            return Optional.empty();
        } catch (ErrnoException | RuntimeException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void addIpv6(
            TunDevice device, Ipv6Configuration configuration, Consumer<Optional<String>> then) {
        Runnable task =
                () -> then.accept(problem(() -> netlink.configureIpv6(device, configuration)));
        if (configuration.routes().isEmpty()) {
            execute(task);
        } else {
            behindRemovals(task);
        }
    }

    @Override
    public void hostNetworks(Consumer<Optional<HostNetworks>> then) {
        execute(() -> then.accept(hostNetworks()));
    }

    private Optional<HostNetworks> hostNetworks() {
        try {
            return Optional.of(netlink.hostNetworks());
        } catch (ErrnoException | RuntimeException e) {
            LOG.warn("event=routes-not-listed detail=\"{}\"", e.getMessage());
            return Optional.empty();
        }
    }

    /** Behind what the thread still has to do with it. */
    @Override
    public void remove(TunDevice device, Runnable then) {
        execute(() -> removal.remove(device, then));
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (thread.awaitTermination(1, TimeUnit.SECONDS)) {
                maker.ready().clear();
                netlink.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        removal.close();
    }
}
