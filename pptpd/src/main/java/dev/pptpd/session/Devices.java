package dev.pptpd.session;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.linux.HostNetworks;
import dev.pptpd.linux.Ipv6Configuration;
import dev.pptpd.linux.TunDevice;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Where sessions get their TUN devices from. Methods are for any thread and do not wait. */
public interface Devices {
    /** What became of a device that was asked for. */
    sealed interface Creation {
        /**
         * It is there.
         *
         * @param mtuBytes the largest packet that it takes
         * @param routes the networks that are routed to it
         * @param refused the networks that are not, each with the reason
         */
        record Made(
                TunDevice device,
                int mtuBytes,
                List<Ipv4Network> routes,
                List<RefusedRoute> refused)
                implements Creation {
            /** Copies the lists. */
            public Made {
                routes = List.copyOf(routes);
                refused = List.copyOf(refused);
            }
        }

        /** The kernel refused, or we made a mistake; nothing is left of it. */
        record Failed(Exception cause) implements Creation {}
    }

    /**
     * A network that is not routed to a new device.
     *
     * @param reason a phrase for the operator
     */
    record RefusedRoute(Ipv4Network network, String reason) {}

    /**
     * What a device is to be like.
     *
     * @param local our end
     * @param peer the far end
     * @param outerPeer where the tunnel's own packets go to: the path there may carry less
     * @param mtuBytes largest IP packet at most, 128 to 65,535
     * @param routes networks behind the far end, to be routed to the device. One that cannot be is
     *     told of and is no failure
     */
    record Wanted(
            Ipv4Address local,
            Ipv4Address peer,
            Ipv4Address outerPeer,
            int mtuBytes,
            List<Ipv4Network> routes) {
        /** Copies the list. */
        public Wanted {
            routes = List.copyOf(routes);
        }
    }

    /**
     * Makes a device that is up and has its addresses, then tells {@code then}, on a thread of its
     * own.
     */
    void create(Wanted wanted, Consumer<Creation> then);

    /** Lets a device take smaller packets only, if it can be; what is larger is refused anyway. */
    void narrow(TunDevice device, int mtuBytes);

    /**
     * Gives a device another far end, then tells {@code then}, on a thread of its own, what did not
     * work; nothing when all did.
     */
    void changePeer(
            TunDevice device,
            Ipv4Address local,
            Ipv4Address from,
            Ipv4Address to,
            Consumer<Optional<String>> then);

    /**
     * Gives a device addresses and routes of IPv6, then tells {@code then}, on a thread of its own,
     * what did not work; nothing when all did.
     */
    void addIpv6(
            TunDevice device, Ipv6Configuration configuration, Consumer<Optional<String>> then);

    /**
     * Routes networks to a device that is there, then tells {@code then}, on a thread of its own,
     * which could not be. The routes go with the device.
     */
    void addRoutes(TunDevice device, List<Ipv4Network> routes, Consumer<List<RefusedRoute>> then);

    /**
     * Tells {@code then}, on a thread of its own, which addresses are the host's and its
     * neighbours'; nothing when the kernel does not say.
     */
    void hostNetworks(Consumer<Optional<HostNetworks>> then);

    /** Removes a device, then runs {@code then} on a thread of its own. */
    void remove(TunDevice device, Runnable then);
}
