package dev.pptpd.client;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.discovery.RouterAdvertisement;
import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.linux.TunDevice;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import dev.pptpd.ppp.ipcp.Ipv4Assignment;
import dev.pptpd.ppp.ipv6cp.Ipv6Identifiers;
import dev.pptpd.session.CloseReason;
import dev.pptpd.session.CloseReason.Kind;
import dev.pptpd.session.Devices;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What this host has of one session: the device, the routes and the file of name servers. All of it
 * goes with {@link #close}, also what is only being made then. Event loop only.
 */
final class Network {
    private final Surroundings surroundings;
    private final Ipv4Address server;
    private final ClientLog log;

    private @Nullable Ipv4Assignment assignment;
    private final ClientIpv6 ipv6;
    private @Nullable TunDevice device;
    private boolean deviceIsBeingMade;
    private boolean closing;
    private boolean closed;
    private Runnable onClosed = () -> {};

    /** What became of it. */
    sealed interface Opening {
        /** Packets may go to and from the device. */
        record Open(TunDevice device, int mtuBytes) implements Opening {}

        /** The kernel refused something. */
        record Failed(CloseReason reason) implements Opening {}
    }

    /**
     * @param server its outer address
     */
    Network(Surroundings surroundings, Ipv4Address server, ClientLog log) {
        this.surroundings = surroundings;
        this.server = server;
        this.log = log;
        this.ipv6 = new ClientIpv6(surroundings, log);
    }

    /** Whether it was opened for these addresses. */
    boolean isOf(Ipv4Assignment addresses) {
        Ipv4Assignment own = assignment;
        return own != null
                && own.local().equals(addresses.local())
                && own.peer().equals(addresses.peer());
    }

    /**
     * Makes the device and the routes, once. The route to the server comes first: from the moment
     * that the others are there, GRE would go astray without it.
     *
     * @param mtuBytes the largest packet that the server takes
     * @param then told on the event loop, unless {@link #close} came before
     */
    void open(Ipv4Assignment addresses, int mtuBytes, Consumer<Opening> then) {
        assignment = addresses;
        ClientArguments arguments = surroundings.arguments();
        RoutePlan plan = RoutePlan.of(arguments, server, addresses.peer());
        try {
            if (plan.pinsServer()) {
                surroundings.pin().set(server);
            }
        } catch (ErrnoException e) {
            then.accept(new Opening.Failed(deviceFailed(e)));
            return;
        }
        deviceIsBeingMade = true;
        surroundings
                .devices()
                .create(
                        new Devices.Wanted(
                                addresses.local(),
                                addresses.peer(),
                                server,
                                Math.min(mtuBytes, arguments.mtuBytes()),
                                plan.throughTunnel()),
                        creation ->
                                surroundings
                                        .eventLoop()
                                        .execute(() -> onDevice(plan, creation, then)));
    }

    private void onDevice(RoutePlan plan, Devices.Creation creation, Consumer<Opening> then) {
        deviceIsBeingMade = false;
        if (creation instanceof Devices.Creation.Made made) {
            device = made.device();
        }
        // Decided before anybody is told: whoever hears of a failure may close in place.
        if (closing) {
            takeAway();
            return;
        }
        then.accept(
                switch (creation) {
                    case Devices.Creation.Failed(Exception cause) ->
                            new Opening.Failed(deviceFailed(cause));
                    case Devices.Creation.Made made -> opening(plan, made);
                });
    }

    private Opening opening(RoutePlan plan, Devices.Creation.Made made) {
        for (Devices.RefusedRoute route : made.refused()) {
            log.routeNotAdded(route.network(), route.reason());
            if (plan.isVital(route.network())) {
                String detail = route.network() + " is not routed to it: " + route.reason();
                return new Opening.Failed(new CloseReason(Kind.DEVICE_FAILED, detail));
            }
        }
        Ipv4Assignment addresses = assignment;
        if (addresses != null) {
            surroundings.resolverFile().ifPresent(file -> file.write(addresses.dns(), List.of()));
        }
        ipv6.attach(made.device(), addresses);
        return new Opening.Open(made.device(), made.mtuBytes());
    }

    /** The device gets its link-local address, as soon as it is there. */
    void carryIpv6(Ipv6Identifiers identifiers) {
        ipv6.onUp(identifiers);
    }

    /** The device gets an address of the prefix, as soon as it is there. */
    void takePrefix(RouterAdvertisement advertisement) {
        ipv6.onAdvertised(advertisement);
    }

    /** The server says which networks lie behind it; where the user wants it, they are routed. */
    void takeRoutes(List<Ipv4Network> offer) {
        TunDevice own = device;
        Ipv4Assignment addresses = assignment;
        if (own == null || addresses == null || closing) {
            return;
        }
        RoutePlan plan = RoutePlan.of(surroundings.arguments(), server, addresses.peer());
        OfferedRoutes routes = OfferedRoutes.judge(offer, plan, server, addresses.local());
        routes.refused().forEach(each -> log.routeNotAdded(each.network(), each.reason()));
        if (routes.accepted().isEmpty()) {
            return;
        }
        surroundings
                .devices()
                .addRoutes(
                        own,
                        routes.accepted(),
                        refused ->
                                surroundings
                                        .eventLoop()
                                        .execute(() -> onRoutes(routes.accepted(), refused)));
    }

    private void onRoutes(List<Ipv4Network> wanted, List<Devices.RefusedRoute> refused) {
        List<Ipv4Network> added = new ArrayList<>(wanted);
        for (Devices.RefusedRoute route : refused) {
            added.remove(route.network());
            log.routeNotAdded(route.network(), route.reason());
        }
        if (!added.isEmpty()) {
            log.routesAdded(added);
        }
    }

    private static CloseReason deviceFailed(Exception cause) {
        return new CloseReason(Kind.DEVICE_FAILED, String.valueOf(cause.getMessage()));
    }

    /** Takes everything away; {@code then} runs on the event loop when it is gone. Once. */
    void close(Runnable then) {
        if (closing) {
            return;
        }
        closing = true;
        onClosed = then;
        if (!deviceIsBeingMade) {
            takeAway();
        }
    }

    private void takeAway() {
        surroundings.resolverFile().ifPresent(ResolverFile::delete);
        TunDevice own = device;
        device = null;
        ipv6.detach();
        if (own == null) {
            onGone();
        } else {
            surroundings
                    .devices()
                    .remove(own, () -> surroundings.eventLoop().execute(this::onGone));
        }
    }

    /** The route to the server goes last, for the same reason that it came first. */
    private void onGone() {
        surroundings.pin().remove();
        closed = true;
        onClosed.run();
    }

    /** Whether nothing is left, or never was. */
    boolean isClosed() {
        return closed;
    }
}
