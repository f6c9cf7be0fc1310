package dev.pptpd.session;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Which source addresses the IPv4 packets of a tunnel's far end may have. What comes from elsewhere
 * does not come out of the tunnel: the far end could pretend to be anybody. Immutable.
 */
public final class InnerSources {
    private static final int[] NO_NETWORKS = {};

    private static final InnerSources ANY =
            new InnerSources(Ipv4Address.ANY.value(), List.of(Ipv4Network.ALL));

    private final int address;

    /** Network and mask by turns: an address belongs where its bits under the mask are these. */
    private final int[] networks;

    private InnerSources(int address, List<Ipv4Network> routed) {
        this.address = address;
        this.networks = routed.isEmpty() ? NO_NETWORKS : new int[2 * routed.size()];
        for (int index = 0; index < routed.size(); index++) {
            networks[2 * index] = routed.get(index).base().value();
            networks[2 * index + 1] = routed.get(index).mask();
        }
    }

    /** One address: the one that a client was assigned. */
    public static InnerSources only(Ipv4Address address) {
        return new InnerSources(address.value(), List.of());
    }

    /** One address, and the networks that are routed to it. */
    public static InnerSources of(Ipv4Address address, List<Ipv4Network> routed) {
        return new InnerSources(address.value(), routed);
    }

    /** Every address: for a client, whose server forwards packets from everywhere. */
    public static InnerSources any() {
        return ANY;
    }

    /** Whether a packet with this source, as 32 bits, may come out. Allocates nothing. */
    public boolean permit(int source) {
        return source == address || isRouted(source);
    }

    private boolean isRouted(int source) {
        for (int index = 0; index < networks.length; index += 2) {
            if ((source & networks[index + 1]) == networks[index]) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof InnerSources that
                && address == that.address
                && Arrays.equals(networks, that.networks);
    }

    @Override
    public int hashCode() {
        return Objects.hash(address, Arrays.hashCode(networks));
    }

    /** For the log: {@code 10.99.0.10 10.2.0.0/16}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(new Ipv4Address(address).toString());
        for (int index = 0; index < networks.length; index += 2) {
            text.append(' ')
                    .append(new Ipv4Address(networks[index]))
                    .append('/')
                    .append(Integer.bitCount(networks[index + 1]));
        }
        return text.toString();
    }
}
