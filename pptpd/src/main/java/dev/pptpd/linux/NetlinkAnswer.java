package dev.pptpd.linux;

import static dev.pptpd.linux.NetlinkMessage.ATTRIBUTE_HEADER_SIZE;
import static dev.pptpd.linux.NetlinkMessage.HEADER_SIZE;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** One message of the kernel: a view of what was received, valid until the next receive. */
final class NetlinkAnswer {
    // Specification: <linux/netlink.h>
    private static final int TYPE_OFFSET = 4;
    private static final int FLAGS_OFFSET = 6;
    private static final int SEQUENCE_OFFSET = 8;
    private static final int ERROR_SIZE = Integer.BYTES + HEADER_SIZE;

    private final ByteBuffer message;

    private NetlinkAnswer(ByteBuffer message) {
        this.message = message;
    }

    /**
     * Cuts the next message off {@code received}.
     *
     * @return nothing when what remains is no whole message
     */
    static Optional<NetlinkAnswer> next(ByteBuffer received) {
        received.order(ByteOrder.nativeOrder());
        if (received.remaining() < HEADER_SIZE) {
            return Optional.empty();
        }
        int length = received.getInt(received.position());
        if (length < HEADER_SIZE || length > received.remaining()) {
            return Optional.empty();
        }
        ByteBuffer message = received.slice(received.position(), length);
        int step = Math.min(NetlinkMessage.align(length), received.remaining());
        received.position(received.position() + step);
        return Optional.of(new NetlinkAnswer(message.order(ByteOrder.nativeOrder())));
    }

    short type() {
        return message.getShort(TYPE_OFFSET);
    }

    int sequence() {
        return message.getInt(SEQUENCE_OFFSET);
    }

    boolean has(short flag) {
        return (message.getShort(FLAGS_OFFSET) & flag) != 0;
    }

    /**
     * Whether it ends the answers to its request: an acknowledgment, an error, or the end of a
     * list.
     */
    boolean isFinal() {
        return type() == NetlinkMessage.NLMSG_ERROR || type() == NetlinkMessage.NLMSG_DONE;
    }

    /** Error number of an NLMSG_ERROR or NLMSG_DONE, 0 when the request was carried out. */
    int errno() {
        boolean whole = message.limit() >= HEADER_SIZE + Integer.BYTES;
        return whole ? -message.getInt(HEADER_SIZE) : 0;
    }

    /** The kernel's own words about an error, where it has any. */
    Optional<String> explanation() {
        if (!has(NetlinkMessage.NLM_F_ACK_TLVS)) {
            return Optional.empty();
        }
        return attribute(attributes(HEADER_SIZE + ERROR_SIZE), NetlinkMessage.NLMSGERR_ATTR_MSG)
                .map(NetlinkAnswer::text);
    }

    /** The device that an RTM_NEWLINK tells of. */
    Optional<Link> link() {
        int attributesOffset = HEADER_SIZE + NetlinkMessage.LINK_HEADER_SIZE;
        if (type() != NetlinkMessage.RTM_NEWLINK || message.limit() < attributesOffset) {
            return Optional.empty();
        }
        ByteBuffer attributes = attributes(attributesOffset);
        return Optional.of(
                new Link(
                        message.getInt(HEADER_SIZE + NetlinkMessage.LINK_INDEX_OFFSET),
                        attribute(attributes, NetlinkMessage.IFLA_IFNAME)
                                .map(NetlinkAnswer::text)
                                .orElse(""),
                        attribute(attributes, NetlinkMessage.IFLA_GROUP)
                                .filter(value -> value.limit() == Integer.BYTES)
                                .map(value -> value.getInt(0))
                                .orElse(0),
                        attribute(attributes, NetlinkMessage.IFLA_LINKINFO)
                                .flatMap(info -> attribute(info, NetlinkMessage.IFLA_INFO_KIND))
                                .map(NetlinkAnswer::text)
                                .orElse("")));
    }

    /**
     * The way to an address that an RTM_NEWROUTE tells of.
     *
     * @param destination the address that was asked for
     */
    Optional<RouteLookup> route(Ipv4Address destination) {
        int attributesOffset = HEADER_SIZE + NetlinkMessage.ROUTE_HEADER_SIZE;
        if (type() != NetlinkMessage.RTM_NEWROUTE || message.limit() < attributesOffset) {
            return Optional.empty();
        }
        byte routeType = message.get(HEADER_SIZE + NetlinkMessage.ROUTE_TYPE_OFFSET);
        ByteBuffer attributes = attributes(attributesOffset);
        return attribute(attributes, NetlinkMessage.RTA_OIF)
                .filter(value -> value.limit() == Integer.BYTES)
                .map(device ->
                        new RouteLookup(
                                destination,
                                routeType == NetlinkMessage.RTN_LOCAL,
                                device.getInt(0),
                                address(attributes, NetlinkMessage.RTA_GATEWAY),
                                address(attributes, NetlinkMessage.RTA_PREFSRC)));
    }

    /** What a route that an RTM_NEWROUTE tells of carries, where that is said. */
    OptionalInt routeMtu() {
        return type() == NetlinkMessage.RTM_NEWROUTE
                ? number(
                        attribute(
                                        attributes(HEADER_SIZE + NetlinkMessage.ROUTE_HEADER_SIZE),
                                        NetlinkMessage.RTA_METRICS)
                                .flatMap(all -> attribute(all, NetlinkMessage.RTAX_MTU)))
                : OptionalInt.empty();
    }

    /** The MTU of the device that an RTM_NEWLINK tells of. */
    OptionalInt linkMtu() {
        return type() == NetlinkMessage.RTM_NEWLINK
                ? number(
                        attribute(
                                attributes(HEADER_SIZE + NetlinkMessage.LINK_HEADER_SIZE),
                                NetlinkMessage.IFLA_MTU))
                : OptionalInt.empty();
    }

    private static OptionalInt number(Optional<ByteBuffer> value) {
        return value.filter(octets -> octets.limit() == Integer.BYTES)
                .map(octets -> OptionalInt.of(octets.getInt(0)))
                .orElseGet(OptionalInt::empty);
    }

    /** The entry of the routing table that an RTM_NEWROUTE tells of. */
    Optional<RouteMatch> match() {
        if (type() != NetlinkMessage.RTM_NEWROUTE
                || message.limit() < HEADER_SIZE + NetlinkMessage.ROUTE_HEADER_SIZE) {
            return Optional.empty();
        }
        byte protocol = message.get(HEADER_SIZE + NetlinkMessage.ROUTE_PROTOCOL_OFFSET);
        return Optional.of(
                new RouteMatch(
                        message.get(HEADER_SIZE + NetlinkMessage.ROUTE_PREFIX_OFFSET) & 0xFF,
                        protocol == NetlinkMessage.RTPROT_OURS));
    }

    /** The entry of a list of routes that an RTM_NEWROUTE tells of; none for what was learnt. */
    Optional<HostRoute> hostRoute() {
        int attributesOffset = HEADER_SIZE + NetlinkMessage.ROUTE_HEADER_SIZE;
        if (type() != NetlinkMessage.RTM_NEWROUTE || message.limit() < attributesOffset) {
            return Optional.empty();
        }
        int prefixBits = message.get(HEADER_SIZE + NetlinkMessage.ROUTE_PREFIX_OFFSET) & 0xFF;
        int flags = message.getInt(HEADER_SIZE + NetlinkMessage.ROUTE_FLAGS_OFFSET);
        if (prefixBits > Integer.SIZE || (flags & NetlinkMessage.RTM_F_CLONED) != 0) {
            return Optional.empty();
        }
        ByteBuffer attributes = attributes(attributesOffset);
        List<Ipv4Address> gateways = new ArrayList<>();
        address(attributes, NetlinkMessage.RTA_GATEWAY).ifPresent(gateways::add);
        attribute(attributes, NetlinkMessage.RTA_MULTIPATH)
                .ifPresent(hops -> addGateways(hops, gateways));
        return Optional.of(
                new HostRoute(
                        kind(message.get(HEADER_SIZE + NetlinkMessage.ROUTE_TYPE_OFFSET)),
                        new Ipv4Network(
                                address(attributes, NetlinkMessage.RTA_DST).orElse(Ipv4Address.ANY),
                                prefixBits),
                        number(attribute(attributes, NetlinkMessage.RTA_OIF)).orElse(0),
                        gateways));
    }

    private static HostRoute.Kind kind(byte routeType) {
        return switch (routeType) {
            case NetlinkMessage.RTN_UNICAST -> HostRoute.Kind.UNICAST;
            case NetlinkMessage.RTN_LOCAL -> HostRoute.Kind.LOCAL;
            case NetlinkMessage.RTN_BROADCAST -> HostRoute.Kind.BROADCAST;
            default -> HostRoute.Kind.OTHER;
        };
    }

    /** struct rtnexthop, one after another, each with attributes behind it. */
    private static void addGateways(ByteBuffer hops, List<Ipv4Address> gateways) {
        int offset = 0;
        while (hops.limit() - offset >= NetlinkMessage.NEXT_HOP_SIZE) {
            int length = hops.getShort(offset) & 0xFFFF;
            if (length < NetlinkMessage.NEXT_HOP_SIZE || length > hops.limit() - offset) {
                return;
            }
            ByteBuffer attributes =
                    hops.slice(
                                    offset + NetlinkMessage.NEXT_HOP_SIZE,
                                    length - NetlinkMessage.NEXT_HOP_SIZE)
                            .order(ByteOrder.nativeOrder());
            address(attributes, NetlinkMessage.RTA_GATEWAY).ifPresent(gateways::add);
            offset += NetlinkMessage.align(length);
        }
    }

    private static Optional<Ipv4Address> address(ByteBuffer attributes, short wanted) {
        return attribute(attributes, wanted)
                .filter(value -> value.limit() == Integer.BYTES)
                .map(value -> new Ipv4Address(value.order(ByteOrder.BIG_ENDIAN).getInt(0)));
    }

    private ByteBuffer attributes(int offset) {
        int from = Math.min(offset, message.limit());
        return message.slice(from, message.limit() - from).order(ByteOrder.nativeOrder());
    }

    private static Optional<ByteBuffer> attribute(ByteBuffer attributes, short wanted) {
        int offset = 0;
        while (attributes.limit() - offset >= ATTRIBUTE_HEADER_SIZE) {
            int length = attributes.getShort(offset) & 0xFFFF;
            if (length < ATTRIBUTE_HEADER_SIZE || length > attributes.limit() - offset) {
                return Optional.empty();
            }
            int type = attributes.getShort(offset + Short.BYTES) & NetlinkMessage.NLA_TYPE_MASK;
            if (type == wanted) {
                int value = offset + ATTRIBUTE_HEADER_SIZE;
                return Optional.of(
                        attributes
                                .slice(value, length - ATTRIBUTE_HEADER_SIZE)
                                .order(ByteOrder.nativeOrder()));
            }
            offset += NetlinkMessage.align(length);
        }
        return Optional.empty();
    }

    /** A string up to its NUL. */
    private static String text(ByteBuffer value) {
        byte[] octets = new byte[value.remaining()];
        value.get(0, octets);
        int length = 0;
        while (length < octets.length && octets[length] != 0) {
            length++;
        }
        return new String(octets, 0, length, StandardCharsets.US_ASCII);
    }
}
