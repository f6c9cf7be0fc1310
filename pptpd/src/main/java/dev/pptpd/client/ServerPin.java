package dev.pptpd.client;

import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.linux.Ipv4Route;
import dev.pptpd.linux.Netlink;
import dev.pptpd.linux.RouteLookup;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The host route that keeps the server's outer address out of the tunnel. One that somebody else
 * has set is used and left; one that a client left when it was killed is replaced. One thread; each
 * call takes the kernel less than a millisecond.
 */
final class ServerPin {
    private static final Logger LOG = LoggerFactory.getLogger(ServerPin.class);

    private final Netlink netlink;
    private Optional<Ipv4Route> own = Optional.empty();

    ServerPin(Netlink netlink) {
        this.netlink = netlink;
    }

    /**
     * Sets the route as packets go now, unless there is one or the server is this very host.
     *
     * @throws ErrnoException when the kernel refuses
     */
    void set(Ipv4Address server) throws ErrnoException {
        Optional<RouteLookup> present = netlink.route(server);
        if (present.isEmpty() || present.get().isLocal()) {
            return;
        }
        Ipv4Route pinned = present.get().pinned();
        if (netlink.addRoute(pinned)) {
            own = Optional.of(pinned);
        } else if (netlink.deleteRoute(pinned)) {
            replace(server, pinned);
        }
    }

    /**
     * It was set by a client: by one that was killed, unless the way without it leads into the
     * tunnel of one that lives and needs it. That tunnel has a route of ours, or the server as its
     * far end.
     */
    private void replace(Ipv4Address server, Ipv4Route found) throws ErrnoException {
        boolean isNeeded =
                netlink.match(server).filter(match -> match.isOurs() || match.isHost()).isPresent();
        if (isNeeded) {
            netlink.addRoute(found);
            return;
        }
        // Without any other way the old one is as good as it was.
        Ipv4Route fresh = netlink.route(server).map(RouteLookup::pinned).orElse(found);
        if (netlink.addRoute(fresh)) {
            own = Optional.of(fresh);
        }
    }

    /** Removes the route if it is ours. */
    void remove() {
        Optional<Ipv4Route> route = own;
        own = Optional.empty();
        if (route.isPresent()) {
            try {
                netlink.deleteRoute(route.get());
            } catch (ErrnoException e) {
                LOG.warn(
                        "event=route-left route=\"{}\" detail=\"{}\"", route.get(), e.getMessage());
            }
        }
    }
}
