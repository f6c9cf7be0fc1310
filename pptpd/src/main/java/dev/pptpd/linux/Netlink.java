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

/**
 * Configures network devices by rtnetlink(7), in the network namespace of the thread that opened
 * it. Changes need CAP_NET_ADMIN.
 *
 * <p>A call returns when the kernel has carried the change out, normally within 0.2 ms, for {@link
 * #deleteGroup} within some tens. Used by one thread.
 */
public final class Netlink implements AutoCloseable {
    static final int HOST_PREFIX_LENGTH = 32;
    static final short REQUEST = NetlinkMessage.NLM_F_REQUEST | NetlinkMessage.NLM_F_ACK;
    static final short DUMP = NetlinkMessage.NLM_F_REQUEST | NetlinkMessage.NLM_F_DUMP;

    // Implementation: devices may come and go while they are listed, but not for ever.
    static final int MAXIMUM_DUMPS = 20;

    private final NetlinkSocket socket;
    private final LinkGroups groups;

    private Netlink(NetlinkSocket socket) {
        this.socket = socket;
        this.groups = new LinkGroups(socket);
    }

    /** Opens a connection to the kernel. */
    public static Netlink open() throws ErrnoException {
        return new Netlink(NetlinkSocket.open());
    }

    /**
     * Sets a TUN device up: no IPv6 address of its own making, MTU, link group, up, and addresses,
     * in one exchange. After a failure the device may be half set up; close it.
     *
     * @throws ErrnoException naming the first step that failed
     */
    public void configure(TunDevice device, TunConfiguration configuration) throws ErrnoException {
        Optional<ErrnoException> failure =
                configureAll(List.of(TunSetup.whole(device, configuration))).getFirst();
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    /**
     * Sets TUN devices up, as {@link #configure} does it with one: up to 32 in one exchange.
     *
     * @return for each the first step that failed, if one did; the others are up
     * @throws ErrnoException when it is not known which are
     */
    public List<Optional<ErrnoException>> configureAll(List<TunSetup> setups)
            throws ErrnoException {
        return TunSetup.carryOut(socket, setups);
    }

    /**
     * Does what can be done for a device before it is known whose it is: no IPv6 address of its own
     * making, and the link group. {@link TunSetup#rest} is what remains.
     *
     * @param group as {@link TunConfiguration} has it
     * @throws ErrnoException naming the first step that failed
     */
    public void prepare(TunDevice device, int group) throws ErrnoException {
        NetlinkBatch batch = socket.newBatch();
        TunSetup.withoutIpv6(batch, device);
        batch.begin(NetlinkMessage.RTM_NEWLINK, REQUEST, "link group on " + device.name(), 0)
                .link(device.interfaceIndex(), 0, 0)
                .number(NetlinkMessage.IFLA_GROUP, group);
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
     * @return the largest IP packet; nothing when there is no route, one that forbids to send
     *     there, or the kernel does not say
     */
    public OptionalInt pathMtu(Ipv4Address destination) throws ErrnoException {
        return pathMtus(List.of(destination)).getFirst();
    }

    /** The same of several addresses, in two exchanges for up to 32 of them. */
    public List<OptionalInt> pathMtus(List<Ipv4Address> destinations) throws ErrnoException {
        return PathMtus.ask(socket, destinations);
    }

    static void ask(NetlinkBatch batch, Ipv4Address destination, int flags) {
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
        return groups.links(group);
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
        return groups.delete(group, timeout);
    }

    /**
     * Deletes these devices in one exchange for all; those that are gone already are no failure.
     * Their descriptors are still to be closed, which is quick then.
     *
     * @param passing a link group of no other use, which they are put into for it
     * @throws ErrnoException naming the step that failed; any of them may still be there then
     */
    public void deleteTogether(List<TunDevice> devices, int passing) throws ErrnoException {
        groups.deleteTogether(devices, passing);
    }

    @Override
    public void close() {
        socket.close();
    }
}
