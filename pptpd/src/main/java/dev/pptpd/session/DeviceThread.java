package dev.pptpd.session;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.linux.Ipv4Route;
import dev.pptpd.linux.Netlink;
import dev.pptpd.linux.TunConfiguration;
import dev.pptpd.linux.TunDevice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Makes and removes the TUN devices of sessions, one after another on a thread of its own: a
 * removal takes the kernel 20 ms, and no event loop waits for that. A platform thread, because a
 * virtual one would hold its carrier for as long. Methods are for any thread.
 */
public final class DeviceThread implements Devices, AutoCloseable {
    /** Firewall rules and scripts expect this name. */
    private static final String NAME_PATTERN = "ppp%d";

    private final int group;
    private final String namePattern;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().name("devices").factory());
    private final Netlink netlink;

    private DeviceThread(int group, String namePattern) throws ErrnoException {
        this.group = group;
        this.namePattern = namePattern;
        this.netlink = Netlink.open();
    }

    /** Devices of this link group, above 0: the mark by which a later start knows them. */
    public static DeviceThread open(int group) throws ErrnoException {
        return new DeviceThread(group, NAME_PATTERN);
    }

    /**
     * The same with names of one's own.
     *
     * @param namePattern as {@link TunDevice#open} takes it
     */
    public static DeviceThread open(int group, String namePattern) throws ErrnoException {
        return new DeviceThread(group, namePattern);
    }

    /**
     * Removes what is left of an earlier process and waits until it is gone.
     *
     * @return how many there were
     */
    public int sweep(Duration timeout) throws ErrnoException, InterruptedException {
        try {
            return thread.submit(() -> netlink.deleteGroup(group, timeout)).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ErrnoException errno) {
                throw errno;
            }
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void create(
            int local, int peer, int mtuBytes, List<Ipv4Network> routes, Consumer<Creation> then) {
        TunConfiguration configuration = new TunConfiguration(local, peer, mtuBytes, group);
        thread.execute(() -> then.accept(create(configuration, routes)));
    }

    /** Whoever asked is told of every failure, a mistake of ours too: a login waits for it. */
    private Creation create(TunConfiguration configuration, List<Ipv4Network> routes) {
        TunDevice device;
        try {
            device = TunDevice.open(namePattern);
        } catch (ErrnoException | RuntimeException e) {
            return new Creation.Failed(e);
        }
        try {
            netlink.configure(device, configuration);
            return addRoutes(device, routes);
        } catch (ErrnoException | RuntimeException e) {
            device.close();
            return new Creation.Failed(e);
        }
    }

    private Creation.Made addRoutes(TunDevice device, List<Ipv4Network> routes) {
        List<Ipv4Network> added = new ArrayList<>();
        List<RefusedRoute> refused = new ArrayList<>();
        for (Ipv4Network route : routes) {
            try {
                if (netlink.addRoute(Ipv4Route.viaDevice(route, device.interfaceIndex()))) {
                    added.add(route);
                } else {
                    refused.add(new RefusedRoute(route, "there is a route to this network"));
                }
            } catch (ErrnoException e) {
                refused.add(new RefusedRoute(route, String.valueOf(e.getMessage())));
            }
        }
        return new Creation.Made(device, added, refused);
    }

    @Override
    public void remove(TunDevice device, Runnable then) {
        thread.execute(() -> {
            device.close();
            then.run();
        });
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
