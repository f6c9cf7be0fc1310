package dev.pptpd.session;

import dev.pptpd.linux.TunDevice;
import java.util.function.Consumer;

/** Where sessions get their TUN devices from. Methods are for any thread and do not wait. */
public interface Devices {
    /** What became of a device that was asked for. */
    sealed interface Creation {
        /** It is there. */
        record Made(TunDevice device) implements Creation {}

        /** The kernel refused, or we made a mistake; nothing is left of it. */
        record Failed(Exception cause) implements Creation {}
    }

    /**
     * Makes a device that is up and has its addresses, then tells {@code then}, on a thread of its
     * own.
     *
     * @param local our end, an IPv4 address with its first octet in the most significant place
     * @param peer the client's end, in the same form
     * @param mtuBytes largest IP packet, 68 to 65,535
     */
    void create(int local, int peer, int mtuBytes, Consumer<Creation> then);

    /** Removes a device, then runs {@code then} on a thread of its own. */
    void remove(TunDevice device, Runnable then);
}
