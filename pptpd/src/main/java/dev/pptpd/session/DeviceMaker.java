package dev.pptpd.session;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.linux.Ipv4Route;
import dev.pptpd.linux.Netlink;
import dev.pptpd.linux.TunConfiguration;
import dev.pptpd.linux.TunDevice;
import dev.pptpd.linux.TunSetup;
import dev.pptpd.session.Devices.Creation;
import dev.pptpd.session.Devices.RefusedRoute;
import dev.pptpd.session.Devices.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes devices as sessions want them, as many at a time as there are wanted: what the kernel is
 * asked for goes to it together. One that cannot be made stops none of the others. For one thread.
 */
final class DeviceMaker {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceMaker.class);

    /** Not that of a session, so that nobody's rules and scripts for those take it for one. */
    private static final String READY_PATTERN = "pptpd%d";

    /** IP, GRE with both numbers, PPP uncompressed, MPPE and the protocol inside it. */
    private static final int OVERHEAD_OCTETS = 20 + 16 + 4 + 2 + 2;

    /** Below this a route says something else than what it carries: RFC 791 section 3.1. */
    private static final int MIN_MTU = 576 - OVERHEAD_OCTETS;

    private final int group;
    private final String namePattern;
    private final boolean withOffloads;
    private final Netlink netlink;
    private final ReadyDevices ready;

    /**
     * Somebody who waits for a device.
     *
     * @param then told what became of it: a failure of the kernel, or a mistake of ours, too
     */
    record Request(Wanted wanted, Consumer<Creation> then) {}

    /** A device that is to be set up for somebody. */
    private record Order(Request request, int mtuBytes, TunSetup setup) {}

    /**
     * @param group link group of the devices, 0 for none
     * @param namePattern as {@link TunDevice#open} takes it
     * @param withOffloads whether the kernel may hand over super-packets, and take them
     * @param readyDevices how many are made ahead at most
     * @param netlink owned by the caller
     */
    DeviceMaker(
            int group,
            String namePattern,
            boolean withOffloads,
            int readyDevices,
            Netlink netlink) {
        this.group = group;
        this.namePattern = namePattern;
        this.withOffloads = withOffloads;
        this.netlink = netlink;
        this.ready = new ReadyDevices(readyDevices, this::prepared);
    }

    /** Those that are made ahead. */
    ReadyDevices ready() {
        return ready;
    }

    /** Makes a device for each, and tells each. */
    void make(List<Request> requests) {
        List<OptionalInt> paths = pathMtus(requests);
        List<Order> orders = new ArrayList<>();
        for (int index = 0; index < requests.size(); index++) {
            Request request = requests.get(index);
            try {
                orders.add(order(request, paths.get(index)));
            } catch (ErrnoException | RuntimeException e) {
                tell(request, new Creation.Failed(e));
            }
        }
        List<Optional<? extends Exception>> failures = setUp(orders);
        for (int index = 0; index < orders.size(); index++) {
            Order order = orders.get(index);
            tell(order.request(), result(order, failures.get(index)));
        }
    }

    /** A device that nobody took goes: nobody else would close it. */
    private static void tell(Request request, Creation creation) {
        boolean isTaken = new GuardedTask(() -> request.then().accept(creation)).isDone();
        if (!isTaken && creation instanceof Creation.Made made) {
            made.device().close();
        }
    }

    private Order order(Request request, OptionalInt path) throws ErrnoException {
        Wanted wanted = request.wanted();
        int mtuBytes = fitting(wanted, path);
        TunConfiguration configuration =
                new TunConfiguration(
                        wanted.local().value(), wanted.peer().value(), mtuBytes, group);
        Optional<TunDevice> ahead = ready.take();
        return new Order(
                request,
                mtuBytes,
                ahead.isPresent()
                        ? TunSetup.rest(ahead.get(), configuration, namePattern)
                        : TunSetup.whole(open(namePattern), configuration));
    }

    private List<Optional<? extends Exception>> setUp(List<Order> orders) {
        try {
            return List.copyOf(netlink.configureAll(orders.stream().map(Order::setup).toList()));
        } catch (ErrnoException | RuntimeException e) {
            List<Optional<? extends Exception>> all = new ArrayList<>();
            orders.forEach(_ -> all.add(Optional.of(e)));
            return all;
        }
    }

    private Creation result(Order order, Optional<? extends Exception> failure) {
        TunSetup setup = order.setup();
        if (failure.isPresent()) {
            return insteadOf(order, failure.get());
        }
        try {
            return made(order, setup.isPrepared() ? setup.device().renamed() : setup.device());
        } catch (ErrnoException | RuntimeException e) {
            return insteadOf(order, e);
        }
    }

    /** Somebody may have deleted a ready one: what counts is what a new one says. */
    private Creation insteadOf(Order order, Exception failure) {
        TunSetup setup = order.setup();
        setup.device().close();
        if (!setup.isPrepared()) {
            return new Creation.Failed(failure);
        }
        LOG.debug(
                "event=ready-device-unusable interface={} detail=\"{}\"",
                setup.device().name(),
                failure.getMessage());
        return makeNew(order);
    }

    private Creation makeNew(Order order) {
        try {
            TunSetup whole = TunSetup.whole(open(namePattern), order.setup().configuration());
            Order again = new Order(order.request(), order.mtuBytes(), whole);
            return result(again, setUp(List.of(again)).getFirst());
        } catch (ErrnoException | RuntimeException e) {
            return new Creation.Failed(e);
        }
    }

    private Creation made(Order order, TunDevice device) {
        List<Ipv4Network> routes = order.request().wanted().routes();
        List<RefusedRoute> refused = addRoutes(device, routes);
        List<Ipv4Network> added = new ArrayList<>(routes);
        refused.forEach(route -> added.remove(route.network()));
        return new Creation.Made(device, order.mtuBytes(), added, refused);
    }

    private TunDevice open(String pattern) throws ErrnoException {
        return withOffloads ? TunDevice.openWithOffloads(pattern) : TunDevice.open(pattern);
    }

    private TunDevice prepared() throws ErrnoException {
        TunDevice device = open(READY_PATTERN);
        try {
            netlink.prepare(device, group);
            return device;
        } catch (ErrnoException | RuntimeException e) {
            device.close();
            throw e;
        }
    }

    /** What was wanted, or less where the path there carries less with our headers around it. */
    private static int fitting(Wanted wanted, OptionalInt path) {
        return path.isEmpty()
                ? wanted.mtuBytes()
                : Math.min(wanted.mtuBytes(), Math.max(MIN_MTU, path.getAsInt() - OVERHEAD_OCTETS));
    }

    /** Rules of the host may route our packets otherwise than a question: it has no answer then. */
    private List<OptionalInt> pathMtus(List<Request> requests) {
        try {
            return netlink.pathMtus(
                    requests.stream().map(request -> request.wanted().outerPeer()).toList());
        } catch (ErrnoException | RuntimeException e) {
            return requests.stream().map(_ -> OptionalInt.empty()).toList();
        }
    }

    /** Routes networks to a device; returns those that could not be, each with the reason. */
    List<RefusedRoute> addRoutes(TunDevice device, List<Ipv4Network> routes) {
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
}
