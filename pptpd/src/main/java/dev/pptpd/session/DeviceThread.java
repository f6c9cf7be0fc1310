package dev.pptpd.session;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.linux.HostNetworks;
import dev.pptpd.linux.Ipv4Route;
import dev.pptpd.linux.Ipv6Configuration;
import dev.pptpd.linux.Netlink;
import dev.pptpd.linux.TunConfiguration;
import dev.pptpd.linux.TunDevice;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
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
public final class DeviceThread implements Devices, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceThread.class);

    /** Firewall rules and scripts expect this name. */
    private static final String NAME_PATTERN = "ppp%d";

    /** IP, GRE with both numbers, PPP uncompressed, MPPE and the protocol inside it. */
    private static final int OVERHEAD_OCTETS = 20 + 16 + 4 + 2 + 2;

    /** Below this a route says something else than what it carries: RFC 791 section 3.1. */
    private static final int MIN_MTU = 576 - OVERHEAD_OCTETS;

    private final int group;
    private final String namePattern;
    private final boolean withOffloads;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().name("devices").factory());
    private final Netlink netlink;

    private DeviceThread(int group, String namePattern, boolean withOffloads)
            throws ErrnoException {
        this.group = group;
        this.namePattern = namePattern;
        this.withOffloads = withOffloads;
        this.netlink = Netlink.open();
    }

    /**
     * Devices of this link group, above 0: the mark by which a later start knows them.
     *
     * @param withOffloads whether the kernel may hand over super-packets, and take them
     */
    public static DeviceThread open(int group, boolean withOffloads) throws ErrnoException {
        return new DeviceThread(group, NAME_PATTERN, withOffloads);
    }

    /**
     * The same with names of one's own.
     *
     * @param namePattern as {@link TunDevice#open} takes it
     */
    public static DeviceThread open(int group, String namePattern, boolean withOffloads)
            throws ErrnoException {
        return new DeviceThread(group, namePattern, withOffloads);
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
    public void create(Wanted wanted, Consumer<Creation> then) {
        thread.execute(() -> then.accept(create(wanted)));
    }

    /** Whoever asked is told of every failure, a mistake of ours too: a login waits for it. */
    private Creation create(Wanted wanted) {
        TunDevice device;
        try {
            device =
                    withOffloads
                            ? TunDevice.openWithOffloads(namePattern)
                            : TunDevice.open(namePattern);
        } catch (ErrnoException | RuntimeException e) {
            return new Creation.Failed(e);
        }
        try {
            int mtuBytes = fitting(wanted);
            netlink.configure(
                    device,
                    new TunConfiguration(
                            wanted.local().value(), wanted.peer().value(), mtuBytes, group));
            List<RefusedRoute> refused = addRoutes(device, wanted.routes());
            List<Ipv4Network> added = new ArrayList<>(wanted.routes());
            refused.forEach(route -> added.remove(route.network()));
            return new Creation.Made(device, mtuBytes, added, refused);
        } catch (ErrnoException | RuntimeException e) {
            device.close();
            return new Creation.Failed(e);
        }
    }

    /** What was wanted, or less where the path there carries less with our headers around it. */
    private int fitting(Wanted wanted) {
        OptionalInt path = pathMtu(wanted);
        return path.isEmpty()
                ? wanted.mtuBytes()
                : Math.min(wanted.mtuBytes(), Math.max(MIN_MTU, path.getAsInt() - OVERHEAD_OCTETS));
    }

    /** Rules of the host may route our packets otherwise than a question: it has no answer then. */
    private OptionalInt pathMtu(Wanted wanted) {
        try {
            return netlink.pathMtu(wanted.outerPeer());
        } catch (ErrnoException e) {
            return OptionalInt.empty();
        }
    }

    @Override
    public void addRoutes(
            TunDevice device, List<Ipv4Network> routes, Consumer<List<RefusedRoute>> then) {
        thread.execute(() -> then.accept(addRoutes(device, routes)));
    }

    private List<RefusedRoute> addRoutes(TunDevice device, List<Ipv4Network> routes) {
        List<RefusedRoute> refused = new ArrayList<>();
        for (Ipv4Network route : routes) {
            try {
                if (!netlink.addRoute(Ipv4Route.viaDevice(route, device.interfaceIndex()))) {
                    refused.add(new RefusedRoute(route, "there is a route to this network"));
                }
            } catch (ErrnoException | RuntimeException e) {
                refused.add(new RefusedRoute(route, String.valueOf(e.getMessage())));
            }
        }
        return refused;
    }

    @Override
    public void narrow(TunDevice device, int mtuBytes) {
        thread.execute(() -> {
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
        thread.execute(
                () -> then.accept(problem(() -> netlink.changePeer(device, local, from, to))));
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
        thread.execute(
                () -> then.accept(problem(() -> netlink.configureIpv6(device, configuration))));
    }

    @Override
    public void hostNetworks(Consumer<Optional<HostNetworks>> then) {
        thread.execute(() -> then.accept(hostNetworks()));
    }

    private Optional<HostNetworks> hostNetworks() {
        try {
            return Optional.of(netlink.hostNetworks());
        } catch (ErrnoException | RuntimeException e) {
            LOG.warn("event=routes-not-listed detail=\"{}\"", e.getMessage());
            return Optional.empty();
        }
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
