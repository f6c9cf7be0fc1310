package dev.pptpd.config;

import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.util.List;

/**
 * The addresses that sessions get: slot i has local address i and remote address i.
 *
 * @param local our ends: one for all slots, or one for each
 * @param remote the clients' ends, all different; their number is the number of sessions
 */
public record AddressSlots(List<Ipv4Address> local, List<Ipv4Address> remote) {
    public AddressSlots {
        local = List.copyOf(local);
        remote = List.copyOf(remote);
        if (remote.isEmpty() || (local.size() != 1 && local.size() != remote.size())) {
            throw new IllegalArgumentException(
                    local.size() + " local addresses for " + remote.size() + " remote ones");
        }
    }

    /** How many sessions there can be at once. */
    public int size() {
        return remote.size();
    }

    /** Our end in slot 0 to {@code size() - 1}. */
    public Ipv4Address local(int slot) {
        return local.size() == 1 ? local.getFirst() : local.get(slot);
    }

    /** The client's end in slot 0 to {@code size() - 1}. */
    public Ipv4Address remote(int slot) {
        return remote.get(slot);
    }
}
