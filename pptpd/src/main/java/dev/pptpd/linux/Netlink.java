package dev.pptpd.linux;

import dev.pptpd.address.Ipv6Network;
import dev.pptpd.gre.linux.Errno;
import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import dev.pptpd.ppp.ipv6cp.Ipv6Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Configures network devices by rtnetlink(7), in the network namespace of the thread that opened
 * it. Changes need CAP_NET_ADMIN.
 *
 * <p>A call returns when the kernel has carried the change out, normally within 0.2 ms, for {@link
 * #deleteGroup} within some tens. Used by one thread.
 */
public final class Netlink implements AutoCloseable {
    private static final int HOST_PREFIX_LENGTH = 32;
    private static final short REQUEST = NetlinkMessage.NLM_F_REQUEST | NetlinkMessage.NLM_F_ACK;
    private static final short DUMP = NetlinkMessage.NLM_F_REQUEST | NetlinkMessage.NLM_F_DUMP;

    // Implementation: devices may come and go while they are listed, but not for ever.
    private static final int MAXIMUM_DUMPS = 20;
    private static final Duration PAUSE = Duration.ofMillis(10);

    private final NetlinkSocket socket;

    private Netlink(NetlinkSocket socket) {
        this.socket = socket;
    }

    /** Opens a connection to the kernel. */
    public static Netlink open() throws ErrnoException {
        return new Netlink(NetlinkSocket.open());
    }

    /**
     * Sets a TUN device up: no IPv6 address of its own making, MTU, link group, addresses, and up,
     * in one exchange. After a failure the device may be half set up; close it.
     *
     * @throws ErrnoException naming the first step that failed
     */
    public void configure(TunDevice device, TunConfiguration configuration) throws ErrnoException {
        String on = " on " + device.name();
        int index = device.interfaceIndex();
        String addresses =
                "address "
                        + new Ipv4Address(configuration.localAddress())
                        + " peer "
                        + new Ipv4Address(configuration.peerAddress());
        NetlinkBatch batch = socket.newBatch();
        // Before the device goes up, or it sends router solicitations. A kernel without IPv6 has
        // nothing to switch off.
        batch.begin(NetlinkMessage.RTM_NEWLINK, REQUEST, "IPv6 off" + on, Errno.EAFNOSUPPORT)
                .link(index, 0, 0)
                .nestedOctet(
                        NetlinkMessage.IFLA_AF_SPEC,
                        NetlinkMessage.AF_INET6,
                        NetlinkMessage.IFLA_INET6_ADDR_GEN_MODE,
                        NetlinkMessage.IN6_ADDR_GEN_MODE_NONE);
        batch.begin(NetlinkMessage.RTM_NEWLINK, REQUEST, "MTU and link group" + on, 0)
                .link(index, 0, 0)
                .number(NetlinkMessage.IFLA_MTU, configuration.mtuOctets())
                .number(NetlinkMessage.IFLA_GROUP, configuration.group());
        int create = REQUEST | NetlinkMessage.NLM_F_CREATE | NetlinkMessage.NLM_F_EXCL;
        batch.begin(NetlinkMessage.RTM_NEWADDR, create, addresses + on, 0)
                .address(index, HOST_PREFIX_LENGTH)
                .ipv4(NetlinkMessage.IFA_LOCAL, configuration.localAddress())
                .ipv4(NetlinkMessage.IFA_ADDRESS, configuration.peerAddress());
        batch.begin(NetlinkMessage.RTM_NEWLINK, REQUEST, "up" + on, 0)
                .link(index, NetlinkMessage.IFF_UP, NetlinkMessage.IFF_UP);
        socket.execute(batch);
    }

    /**
     * Changes the largest packet that a device takes.
     *
     * @throws ErrnoException ENODEV for a device that is gone
     */
    public void changeMtu(TunDevice device, int mtuOctets) throws ErrnoException {
        NetlinkBatch batch = socket.newBatch();
        batch.begin(NetlinkMessage.RTM_NEWLINK, REQUEST, "MTU of " + device.name(), 0)
                .link(device.interfaceIndex(), 0, 0)
                .number(NetlinkMessage.IFLA_MTU, mtuOctets);
        socket.execute(batch);
    }

    /**
     * Gives a device that is up another far end; what is routed to it stays.
     *
     * @param local our end, which stays
     * @param from the far end that it has
     * @param to the one that it gets
     * @throws ErrnoException naming the step that failed
     */
    public void changePeer(TunDevice device, Ipv4Address local, Ipv4Address from, Ipv4Address to)
            throws ErrnoException {
        String on = " on " + device.name();
        int create = REQUEST | NetlinkMessage.NLM_F_CREATE | NetlinkMessage.NLM_F_EXCL;
        NetlinkBatch batch = socket.newBatch();
        // The new one first: with its last address a device loses its routes.
        batch.begin(NetlinkMessage.RTM_NEWADDR, create, "peer " + to + on, 0)
                .address(device.interfaceIndex(), HOST_PREFIX_LENGTH)
                .ipv4(NetlinkMessage.IFA_LOCAL, local.value())
                .ipv4(NetlinkMessage.IFA_ADDRESS, to.value());
        batch.begin(NetlinkMessage.RTM_DELADDR, REQUEST, "no peer " + from + on, 0)
                .address(device.interfaceIndex(), HOST_PREFIX_LENGTH)
                .ipv4(NetlinkMessage.IFA_LOCAL, local.value())
                .ipv4(NetlinkMessage.IFA_ADDRESS, from.value());
        socket.execute(batch);
    }

    /**
     * Gives a device that is up addresses and routes of IPv6, in one exchange. What is there
     * already stays as it is.
     *
     * @throws ErrnoException naming the first step that failed: EACCES where the kernel has no IPv6
     *     on the device, which also a MTU below 1280 makes so
     */
    public void configureIpv6(TunDevice device, Ipv6Configuration configuration)
            throws ErrnoException {
        String on = " on " + device.name();
        int create = REQUEST | NetlinkMessage.NLM_F_CREATE | NetlinkMessage.NLM_F_EXCL;
        NetlinkBatch batch = socket.newBatch();
        for (Ipv6Address address : configuration.addresses()) {
            byte scope =
                    address.isLinkLocal()
                            ? NetlinkMessage.RT_SCOPE_LINK
                            : NetlinkMessage.RT_SCOPE_UNIVERSE;
            batch.begin(NetlinkMessage.RTM_NEWADDR, create, "address " + address + on, Errno.EEXIST)
                    .ipv6Address(device.interfaceIndex(), Ipv6Network.LINK_BITS, scope)
                    .ipv6(NetlinkMessage.IFA_LOCAL, address);
        }
        for (Ipv6Network route : configuration.routes()) {
            batch.begin(NetlinkMessage.RTM_NEWROUTE, create, "route " + route + on, Errno.EEXIST)
                    .ipv6Route(route.prefixBits())
                    .ipv6(NetlinkMessage.RTA_DST, route.base())
                    .number(NetlinkMessage.RTA_OIF, device.interfaceIndex());
        }
        socket.execute(batch);
    }

    /**
     * Adds a route, with a mark that {@link #deleteRoute} and a later process know it by. That its
     * gateway is a neighbour is taken from the caller, whatever addresses the device has.
     *
     * @return false when there is a route to this very destination already, by whatever way; it
     *     stays as it is
     * @throws ErrnoException naming the route: ENETDOWN for a device that is down, ENODEV for one
     *     that is gone, EINVAL for a gateway that is an address of this host
     */
    public boolean addRoute(Ipv4Route route) throws ErrnoException {
        int create = REQUEST | NetlinkMessage.NLM_F_CREATE | NetlinkMessage.NLM_F_EXCL;
        return isDone(route, NetlinkMessage.RTM_NEWROUTE, create, "route ", Errno.EEXIST);
    }

    /**
     * Deletes a route that {@link #addRoute} added, in this process or an earlier one.
     *
     * @return false when there is no such route, or it is somebody else's: also the end of its
     *     device takes it away
     * @throws ErrnoException naming the route
     */
    public boolean deleteRoute(Ipv4Route route) throws ErrnoException {
        return isDone(route, NetlinkMessage.RTM_DELROUTE, REQUEST, "delete route ", Errno.ESRCH);
    }

    private boolean isDone(Ipv4Route route, short type, int flags, String what, int notDone)
            throws ErrnoException {
        NetlinkBatch batch = socket.newBatch();
        boolean hasGateway = route.gateway().isPresent();
        byte scope = hasGateway ? NetlinkMessage.RT_SCOPE_UNIVERSE : NetlinkMessage.RT_SCOPE_LINK;
        // Hosts in clouds often have a gateway outside their own network.
        int onLink = hasGateway ? NetlinkMessage.RTNH_F_ONLINK : 0;
        batch.begin(type, flags, what + route, 0)
                .route(route.destination().prefixBits(), scope, onLink)
                .ipv4(NetlinkMessage.RTA_DST, route.destination().base().value())
                .number(NetlinkMessage.RTA_OIF, route.interfaceIndex());
        route.gateway()
                .ifPresent(gateway -> batch.ipv4(NetlinkMessage.RTA_GATEWAY, gateway.value()));
        try {
            socket.execute(batch);
            return true;
        } catch (ErrnoException e) {
            if (e.errno() == notDone) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Asks how the kernel would send a packet to an address now.
     *
     * @return nothing when there is no route to it
     * @throws ErrnoException naming the address: EACCES or EHOSTUNREACH where a route forbids it
     */
    public Optional<RouteLookup> route(Ipv4Address destination) throws ErrnoException {
        NetlinkBatch batch = socket.newBatch();
        ask(batch, destination, 0);
        List<RouteLookup> found = new ArrayList<>();
        socket.exchange(batch, answer -> answer.route(destination).ifPresent(found::add));
        return found.stream().findFirst();
    }

    /**
     * Asks which entry of the routing table decides about an address.
     *
     * @return nothing when there is none
     * @throws ErrnoException as {@link #route} does
     */
    public Optional<RouteMatch> match(Ipv4Address destination) throws ErrnoException {
        NetlinkBatch batch = socket.newBatch();
        ask(batch, destination, NetlinkMessage.RTM_F_FIB_MATCH);
        List<RouteMatch> found = new ArrayList<>();
        socket.exchange(batch, answer -> answer.match().ifPresent(found::add));
        return found.stream().findFirst();
    }

    /**
     * Asks what the way to an address carries: the route's own MTU, or what was learnt about the
     * path, or the MTU of the device.
     *
     * @return the largest IP packet; nothing when there is no route, or the kernel does not say
     * @throws ErrnoException as {@link #route} does
     */
    public OptionalInt pathMtu(Ipv4Address destination) throws ErrnoException {
        NetlinkBatch batch = socket.newBatch();
        ask(batch, destination, 0);
        int[] found = new int[2];
        socket.exchange(
                batch,
                answer -> {
                    answer.routeMtu().ifPresent(mtu -> found[0] = mtu);
                    answer.route(destination).ifPresent(route -> found[1] = route.interfaceIndex());
                });
        if (found[0] == 0 && found[1] != 0) {
            NetlinkBatch device = socket.newBatch();
            device.begin(NetlinkMessage.RTM_GETLINK, REQUEST, "ask for a device", Errno.ENODEV)
                    .link(found[1], 0, 0);
            socket.exchange(device, answer -> answer.linkMtu().ifPresent(mtu -> found[0] = mtu));
        }
        return found[0] == 0 ? OptionalInt.empty() : OptionalInt.of(found[0]);
    }

    private static void ask(NetlinkBatch batch, Ipv4Address destination, int flags) {
        batch.begin(
                        NetlinkMessage.RTM_GETROUTE,
                        REQUEST,
                        "find the route to " + destination,
                        Errno.ENETUNREACH)
                .routeQuestion(flags)
                .ipv4(NetlinkMessage.RTA_DST, destination.value());
    }

    /** Asks whose IPv4 addresses are whose, by all routing tables. */
    public HostNetworks hostNetworks() throws ErrnoException {
        for (int attempt = 0; attempt < MAXIMUM_DUMPS; attempt++) {
            NetlinkBatch batch = socket.newBatch();
            batch.begin(NetlinkMessage.RTM_GETROUTE, DUMP, "list routes", 0).routeList();
            List<HostRoute> routes = new ArrayList<>();
            boolean[] interrupted = new boolean[1];
            socket.exchange(
                    batch,
                    answer -> {
                        interrupted[0] |= answer.has(NetlinkMessage.NLM_F_DUMP_INTR);
                        answer.hostRoute().ifPresent(routes::add);
                    });
            if (!interrupted[0]) {
                return HostNetworks.of(routes);
            }
        }
        throw new ErrnoException(
                "RTM_GETROUTE", Errno.EAGAIN, "routes change faster than they are listed");
    }

    /** Lists the devices of a link group. */
    public List<Link> links(int group) throws ErrnoException {
        for (int attempt = 0; attempt < MAXIMUM_DUMPS; attempt++) {
            NetlinkBatch batch = socket.newBatch();
            batch.begin(NetlinkMessage.RTM_GETLINK, DUMP, "list devices", 0)
                    .link(0, 0, 0)
                    .number(NetlinkMessage.IFLA_EXT_MASK, NetlinkMessage.RTEXT_FILTER_SKIP_STATS);
            LinkList list = new LinkList();
            socket.exchange(batch, list);
            if (list.isConsistent()) {
                return list.ofGroup(group);
            }
        }
        throw new ErrnoException(
                "RTM_GETLINK", Errno.EAGAIN, "devices change faster than they are listed");
    }

    /**
     * Deletes all TUN devices of a link group, including those of a process that was killed, and
     * waits until they are gone: 400 in 50 ms, where closing them one by one takes 8 s. Other
     * devices that somebody put into the group stay.
     *
     * @return number of devices there were
     * @throws ErrnoException with ETIMEDOUT, naming what is left, when {@code timeout} has passed
     * @throws InterruptedException when the thread is interrupted while it waits
     */
    public int deleteGroup(int group, Duration timeout)
            throws ErrnoException, InterruptedException {
        long deadlineNanos = System.nanoTime() + timeout.toNanos();
        List<Link> all = links(group);
        List<Link> devices = tuns(all);
        int found = devices.size();
        while (!devices.isEmpty()) {
            if (System.nanoTime() - deadlineNanos > 0) {
                String left = devices.stream().map(Link::name).collect(Collectors.joining(" "));
                throw new ErrnoException(
                        "RTM_DELLINK", Errno.ETIMEDOUT, "group " + group + " still holds " + left);
            }
            if (devices.size() == all.size()) {
                deleteAll(group);
            } else {
                deleteEach(devices);
            }
            all = links(group);
            devices = tuns(all);
            if (!devices.isEmpty()) {
                Thread.sleep(PAUSE);
            }
        }
        return found;
    }

    @Override
    public void close() {
        socket.close();
    }

    private static List<Link> tuns(List<Link> links) {
        return links.stream().filter(Link::isTun).toList();
    }

    private void deleteAll(int group) throws ErrnoException {
        NetlinkBatch batch = socket.newBatch();
        // ENODEV: the last one went while we were asking.
        batch.begin(NetlinkMessage.RTM_DELLINK, REQUEST, "delete group " + group, Errno.ENODEV)
                .link(0, 0, 0)
                .number(NetlinkMessage.IFLA_GROUP, group);
        socket.execute(batch);
    }

    private void deleteEach(List<Link> devices) throws ErrnoException {
        for (Link device : devices) {
            NetlinkBatch batch = socket.newBatch();
            batch.begin(
                            NetlinkMessage.RTM_DELLINK,
                            REQUEST,
                            "delete " + device.name(),
                            Errno.ENODEV)
                    .link(device.index(), 0, 0);
            socket.execute(batch);
        }
    }

    /** The devices of an RTM_GETLINK dump. */
    private static final class LinkList implements Consumer<NetlinkAnswer> {
        private final List<Link> links = new ArrayList<>();
        private boolean consistent = true;

        @Override
        public void accept(NetlinkAnswer answer) {
            consistent &= !answer.has(NetlinkMessage.NLM_F_DUMP_INTR);
            answer.link().ifPresent(links::add);
        }

        /** Whether nothing changed while the kernel told it. */
        boolean isConsistent() {
            return consistent;
        }

        List<Link> ofGroup(int group) {
            return links.stream().filter(link -> link.group() == group).toList();
        }
    }
}
