package dev.pptpd.session;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.linux.TunDevice;
import java.util.List;
import java.util.function.Consumer;

/** Where sessions get their TUN devices from. Methods are for any thread and do not wait. */
public interface Devices {
    /** What became of a device that was asked for. */
    sealed interface Creation {
        /**
         * It is there.
         *
         * @param routes the networks that are routed to it
         * @param refused the networks that are not, each with the reason
         */
        record Made(TunDevice device, List<Ipv4Network> routes, List<RefusedRoute> refused)
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
     * Makes a device that is up and has its addresses, then tells {@code then}, on a thread of its
     * own.
     *
     * @param local our end, an IPv4 address with its first octet in the most significant place
     * @param peer the client's end, in the same form
     * @param mtuBytes largest IP packet, 68 to 65,535
     * @param routes networks behind the client, to be routed to the device. One that cannot be is
     *     told of and is no failure
     */
    void create(
            int local, int peer, int mtuBytes, List<Ipv4Network> routes, Consumer<Creation> then);

    /** Removes a device, then runs {@code then} on a thread of its own. */
    void remove(TunDevice device, Runnable then);
}
