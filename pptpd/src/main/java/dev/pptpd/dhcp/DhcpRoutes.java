package dev.pptpd.dhcp;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Classless static routes, as the value of option 121, and of 249 for Windows before Vista: for
 * each the length of its prefix, as many octets of the network as that has, and a gateway.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc3442 RFC 3442
 */
public final class DhcpRoutes {
    /** What one option holds: Windows joins no two of them. */
    public static final int MAX_OCTETS = 255;

    private static final int GATEWAY_OCTETS = Integer.BYTES;

    private DhcpRoutes() {}

    /** How much room these take. */
    public static int octets(List<Ipv4Network> routes) {
        return routes.stream().mapToInt(DhcpRoutes::octets).sum();
    }

    private static int octets(Ipv4Network route) {
        return 1 + networkOctets(route.prefixBits()) + GATEWAY_OCTETS;
    }

    private static int networkOctets(int prefixBits) {
        return (prefixBits + Byte.SIZE - 1) / Byte.SIZE;
    }

    /** The value for routes by one gateway. */
    static byte[] encode(List<Ipv4Network> routes, Ipv4Address gateway) {
        byte[] value = new byte[octets(routes)];
        int at = 0;
        for (Ipv4Network route : routes) {
            int network = networkOctets(route.prefixBits());
            value[at] = (byte) route.prefixBits();
            System.arraycopy(route.base().octets(), 0, value, at + 1, network);
            System.arraycopy(gateway.octets(), 0, value, at + 1 + network, GATEWAY_OCTETS);
            at += octets(route);
        }
        return value;
    }

    /** The networks of a value; nothing when it is not whole, or a prefix is longer than 32. */
    public static Optional<List<Ipv4Network>> decode(byte[] value) {
        List<Ipv4Network> routes = new ArrayList<>();
        int at = 0;
        while (at < value.length) {
            int prefixBits = value[at] & 0xFF;
            int network = networkOctets(prefixBits);
            if (prefixBits > Integer.SIZE || value.length - at < 1 + network + GATEWAY_OCTETS) {
                return Optional.empty();
            }
            byte[] base = new byte[Integer.BYTES];
            System.arraycopy(value, at + 1, base, 0, network);
            routes.add(new Ipv4Network(Ipv4Address.of(base), prefixBits));
            at += 1 + network + GATEWAY_OCTETS;
        }
        return Optional.of(List.copyOf(routes));
    }
}
