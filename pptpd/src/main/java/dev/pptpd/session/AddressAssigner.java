package dev.pptpd.session;

import dev.pptpd.auth.AddressPermissions;
import dev.pptpd.auth.UserSettings;
import dev.pptpd.linux.HostNetworks;
import dev.pptpd.linux.TunDevice;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import dev.pptpd.ppp.ipcp.Ipv4Assignment;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Which address a session has, and which it cannot have because somebody else needs it: another
 * session, another user, the host itself or its neighbours. Only the event loop calls this.
 */
final class AddressAssigner {
    private static final Ipv4Address LINK_LOCAL = new Ipv4Address(0xA9FE0000);
    private static final int LINK_LOCAL_MASK = 0xFFFF0000;
    private static final String NONE_IS_FREE = "the secrets file permits this user no free address";

    private final SessionSettings settings;
    private final AddressPool pool;
    private final Devices devices;
    private final Executor eventLoop;
    private final Collection<SessionEntry> sessions;

    /** For these sessions, of which there are others later. */
    AddressAssigner(
            SessionSettings settings,
            SessionControl.Parts parts,
            Collection<SessionEntry> sessions) {
        this.settings = settings;
        this.pool = parts.pool();
        this.devices = parts.devices();
        this.eventLoop = parts.eventLoop();
        this.sessions = sessions;
    }

    /**
     * Gives the session its address, as {@link #remote} has it, else one of the networks that the
     * user's line names where clients may ask for one: then the host is asked about it first, and
     * {@code then} is run on the event loop a little later.
     *
     * @param then gets the reason why there is none, or why a link that starts over cannot go on
     *     with the one that its device has; nothing when all is well
     */
    void assign(
            SessionEntry entry,
            AddressPermissions permissions,
            UserSettings user,
            Consumer<Optional<String>> then) {
        entry.permissions = permissions;
        Ipv4Assignment assigned = entry.assignment;
        Optional<Ipv4Address> remote = remote(entry);
        if (assigned != null) {
            then.accept(
                    keeps(entry, assigned, user) ? Optional.empty() : Optional.of(NONE_IS_FREE));
        } else if (remote.isPresent()) {
            then.accept(take(entry, remote.get(), user));
        } else if (settings.tunnel().grantsAskedAddress()) {
            devices.hostNetworks(host ->
                    eventLoop.execute(() -> {
                        if (!entry.isOver) {
                            then.accept(choose(entry, user, host));
                        }
                    }));
        } else {
            then.accept(Optional.of(NONE_IS_FREE));
        }
    }

    /** The user's own address, or that of the slot where the user may have it. */
    private Optional<Ipv4Address> remote(SessionEntry entry) {
        Ipv4Address pooled = entry.lease().remote();
        int unit = entry.lease().slot();
        return entry.permissions
                .fixedAddress(unit)
                .or(() ->
                        Optional.of(pooled).filter(each -> entry.permissions.permits(each, unit)));
    }

    private boolean keeps(SessionEntry entry, Ipv4Assignment assigned, UserSettings user) {
        boolean isOwn =
                remote(entry).filter(assigned.peer()::equals).isPresent()
                        || (entry.hasAskedAddress
                                && entry.permissions.permits(
                                        assigned.peer(), entry.lease().slot()));
        return isOwn && entry.settings.equals(user);
    }

    private Optional<String> take(SessionEntry entry, Ipv4Address remote, UserSettings user) {
        if (pool.isLocal(remote)) {
            return Optional.of(
                    "the user's own address " + remote + " is the server's end of a tunnel");
        }
        if (!pool.claim(remote, entry.lease())) {
            return Optional.of(NONE_IS_FREE + ": somebody else has " + remote);
        }
        settle(entry, remote, user);
        return Optional.empty();
    }

    private Optional<String> choose(
            SessionEntry entry, UserSettings user, Optional<HostNetworks> host) {
        if (entry.assignment != null) {
            // The peer logged in twice meanwhile.
            return keeps(entry, entry.assignment, user)
                    ? Optional.empty()
                    : Optional.of(NONE_IS_FREE);
        }
        if (host.isEmpty()) {
            return Optional.of("the addresses of this host are not known");
        }
        Optional<Ipv4Address> chosen =
                entry.permissions.first(
                        entry.lease().slot(),
                        address ->
                                // What costs least is asked first: a network may be full of them.
                                !pool.isClaimed(address)
                                        && hostsObstacle(entry, address, host).isEmpty()
                                        && claimAsked(entry, address, user).isEmpty());
        if (chosen.isEmpty()) {
            return Optional.of(NONE_IS_FREE);
        }
        entry.hasAskedAddress = true;
        settle(entry, chosen.get(), user);
        return Optional.empty();
    }

    private void settle(SessionEntry entry, Ipv4Address remote, UserSettings user) {
        if (!remote.equals(entry.lease().remote())) {
            entry.claimed = Optional.of(remote);
        }
        entry.settings = user;
        entry.assignment =
                new Ipv4Assignment(
                        entry.lease().local(),
                        remote,
                        orAll(user.dnsServers(), settings.dns()),
                        orAll(user.winsServers(), settings.wins()),
                        settings.tunnel().grantsAskedAddress());
    }

    private static List<Ipv4Address> orAll(List<Ipv4Address> ofUser, List<Ipv4Address> ofAll) {
        return ofUser.isEmpty() ? ofAll : ofUser;
    }

    /**
     * Takes an address that the client asks for, as far as that can be said without the host.
     *
     * @return why it does not get it; empty when it is the client's now
     */
    Optional<String> claimAsked(SessionEntry entry, Ipv4Address address, UserSettings user) {
        int unit = entry.lease().slot();
        if (!entry.permissions.permits(address, unit)) {
            return Optional.of("the secrets file does not permit it to this user");
        }
        if ((address.value() & LINK_LOCAL_MASK) == LINK_LOCAL.value()) {
            return Optional.of("it is a link-local address");
        }
        if (isOuter(address)) {
            return Optional.of("it is an address outside of the tunnels");
        }
        return pool.claimAsked(
                address, entry.lease(), entry.permissions.fixedAddress(unit), user.routes());
    }

    /** Packets between these addresses carry a tunnel, and would enter one otherwise. */
    private boolean isOuter(Ipv4Address address) {
        return sessions.stream()
                .map(SessionEntry::call)
                .anyMatch(call ->
                        call.peerAddress().equals(address) || call.localAddress().equals(address));
    }

    /**
     * Why the host and its neighbours cannot spare an address that the client asks for. A host of a
     * connected network may be there without our knowing it: only who names the address, or a
     * network around it, in the user's line or in remoteip, can say that it is free.
     */
    Optional<String> hostsObstacle(
            SessionEntry entry, Ipv4Address address, Optional<HostNetworks> host) {
        if (host.isEmpty()) {
            return Optional.of("the addresses of this host are not known");
        }
        Optional<String> owner = host.get().owner(address);
        boolean isMeantForClients =
                pool.isRemote(address)
                        || entry.permissions.permitsByName(address, entry.lease().slot());
        if (owner.isPresent() || isMeantForClients) {
            return owner;
        }
        TunDevice device = entry.device;
        int ownInterface = device == null ? HostNetworks.NO_INTERFACE : device.interfaceIndex();
        return host.get()
                .elsewhere(address, ownInterface)
                .map(network ->
                        "it lies in "
                                + network
                                + ", which this host is connected to, and the user's line does not"
                                + " name it");
    }

    /** The device is gone: its addresses are free again. */
    void release(SessionEntry entry) {
        pool.release(entry.lease());
        entry.claimed.ifPresent(pool::unclaim);
        entry.asked.ifPresent(pool::unclaim);
    }
}
