package dev.pptpd.discovery;

import dev.pptpd.address.Ipv6Network;
import dev.pptpd.ppp.ipv6cp.Ipv6Address;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a router says of itself on a link.
 *
 * @param routerSeconds how long it is a default router; 0 when it is none
 * @param prefix from which hosts make their addresses
 * @param mtuBytes the largest packet of the link; 0 where it says nothing
 * @param dns name servers
 * @spec https://www.rfc-editor.org/rfc/rfc4861#section-4.2 RFC 4861 section 4.2
 * @spec https://www.rfc-editor.org/rfc/rfc8106#section-5.1 RFC 8106 section 5.1
 */
public record RouterAdvertisement(
        int routerSeconds, Optional<Ipv6Network> prefix, int mtuBytes, List<Ipv6Address> dns) {
    /** Three times the longest interval between two of ours. */
    static final int ROUTER_SECONDS = 1_800;

    private static final int HEADER_OCTETS = 16;
    private static final int ROUTER_LIFETIME = 6;
    private static final byte CURRENT_HOP_LIMIT = 64;

    private static final int OPTION_UNIT_OCTETS = 8;
    private static final int PREFIX_INFORMATION = 3;
    private static final int PREFIX_INFORMATION_UNITS = 4;
    private static final int MTU = 5;
    private static final int RECURSIVE_DNS_SERVER = 25;

    /** A: hosts make their addresses of it. Not L: nobody else is on the link to be looked for. */
    private static final int AUTONOMOUS = 0x40;

    /**
     * Specification: RFC 4861 section 6.2.1, the defaults of AdvValid- and AdvPreferredLifetime.
     */
    private static final int VALID_SECONDS = 2_592_000;

    private static final int PREFERRED_SECONDS = 604_800;

    /** Copies the list. */
    public RouterAdvertisement {
        dns = List.copyOf(dns);
    }

    /** The packet that tells all hosts of the link. */
    byte[] encode(Ipv6Address source) {
        int octets =
                HEADER_OCTETS
                        + (prefix.isPresent() ? PREFIX_INFORMATION_UNITS * OPTION_UNIT_OCTETS : 0)
                        + (mtuBytes > 0 ? OPTION_UNIT_OCTETS : 0)
                        + (dns.isEmpty()
                                ? 0
                                : OPTION_UNIT_OCTETS + dns.size() * Ipv6Address.OCTETS);
        ByteBuffer message = ByteBuffer.allocate(octets);
        message.put((byte) Icmpv6.ROUTER_ADVERTISEMENT).put((byte) 0).putShort((short) 0);
        message.put(CURRENT_HOP_LIMIT).put((byte) 0).putShort((short) routerSeconds);
        message.putInt(0).putInt(0);
        prefix.ifPresent(network -> putPrefix(message, network));
        if (mtuBytes > 0) {
            message.put((byte) MTU).put((byte) 1).putShort((short) 0).putInt(mtuBytes);
        }
        if (!dns.isEmpty()) {
            message.put((byte) RECURSIVE_DNS_SERVER).put((byte) (1 + 2 * dns.size()));
            message.putShort((short) 0).putInt(ROUTER_SECONDS);
            dns.forEach(address -> message.put(address.octets()));
        }
        return Icmpv6.encode(source, Ipv6Address.ALL_NODES, message.flip());
    }

    private static void putPrefix(ByteBuffer message, Ipv6Network network) {
        message.put((byte) PREFIX_INFORMATION).put((byte) PREFIX_INFORMATION_UNITS);
        message.put((byte) network.prefixBits()).put((byte) AUTONOMOUS);
        message.putInt(VALID_SECONDS).putInt(PREFERRED_SECONDS).putInt(0);
        message.put(network.base().octets());
    }

    /**
     * Reads the advertisement of a neighbour, a whole IPv6 packet between position and limit. Empty
     * when it is none, or is not to be believed. Unknown options are passed over.
     *
     * @spec https://www.rfc-editor.org/rfc/rfc4861#section-6.1.2 RFC 4861 section 6.1.2
     */
    static Optional<RouterAdvertisement> decode(ByteBuffer packet) {
        int at = packet.position() + Icmpv6.IPV6_OCTETS;
        if (packet.remaining() < Icmpv6.IPV6_OCTETS + HEADER_OCTETS
                || !Icmpv6.isOfNeighbor(packet)
                || (packet.get(at) & 0xFF) != Icmpv6.ROUTER_ADVERTISEMENT
                || packet.get(at + 1) != 0
                || !Icmpv6.source(packet).isLinkLocal()) {
            return Optional.empty();
        }
        int lifetime = packet.getShort(at + ROUTER_LIFETIME) & 0xFFFF;
        return new Options().read(packet, at + HEADER_OCTETS, lifetime);
    }

    /** What the options say, while they are read. */
    private static final class Options {
        private Optional<Ipv6Network> prefix = Optional.empty();
        private int mtuBytes;
        private final List<Ipv6Address> dns = new ArrayList<>();

        Optional<RouterAdvertisement> read(ByteBuffer packet, int start, int lifetime) {
            int at = start;
            while (at < packet.limit()) {
                int left = packet.limit() - at;
                int octets = left < 2 ? 0 : (packet.get(at + 1) & 0xFF) * OPTION_UNIT_OCTETS;
                if (octets == 0 || octets > left) {
                    return Optional.empty();
                }
                take(packet, at, octets);
                at += octets;
            }
            return Optional.of(new RouterAdvertisement(lifetime, prefix, mtuBytes, dns));
        }

        private void take(ByteBuffer packet, int at, int octets) {
            switch (packet.get(at) & 0xFF) {
                case PREFIX_INFORMATION -> takePrefix(packet, at, octets);
                case MTU -> mtuBytes = Math.max(0, packet.getInt(at + Integer.BYTES));
                case RECURSIVE_DNS_SERVER -> takeServers(packet, at, octets);
                default -> {}
            }
        }

        /** The first one that hosts may make their addresses of. */
        private void takePrefix(ByteBuffer packet, int at, int octets) {
            if (octets != PREFIX_INFORMATION_UNITS * OPTION_UNIT_OCTETS
                    || packet.get(at + 2) != Ipv6Network.LINK_BITS
                    || (packet.get(at + 3) & AUTONOMOUS) == 0
                    || packet.getInt(at + Integer.BYTES) == 0
                    || prefix.isPresent()) {
                return;
            }
            Ipv6Address base = new Ipv6Address(packet.getLong(at + 2 * OPTION_UNIT_OCTETS), 0);
            if (!base.isLinkLocal() && !base.isMulticast()) {
                prefix = Optional.of(new Ipv6Network(base, Ipv6Network.LINK_BITS));
            }
        }

        private void takeServers(ByteBuffer packet, int at, int octets) {
            int end = at + octets;
            int server = at + OPTION_UNIT_OCTETS;
            while (end - server >= Ipv6Address.OCTETS) {
                dns.add(
                        new Ipv6Address(
                                packet.getLong(server), packet.getLong(server + Long.BYTES)));
                server += Ipv6Address.OCTETS;
            }
        }
    }
}
