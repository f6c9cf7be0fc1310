package dev.pptpd.session;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.address.Ipv6Network;
import dev.pptpd.auth.AddressPermissions;
import dev.pptpd.auth.UserSettings;
import dev.pptpd.call.Call;
import dev.pptpd.linux.TunDevice;
import dev.pptpd.net.ControlChannel;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import dev.pptpd.ppp.ipcp.Ipv4Assignment;
import dev.pptpd.ppp.ipv6cp.InterfaceIdentifier;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One session as the control side sees it. Only the event loop touches it. */
final class SessionEntry {
    private static final String NOBODY = "-";

    private final String id;
    private final Call call;
    private final ControlChannel channel;
    private final AddressPool.Lease lease;
    private final long openedNanos;

    /** Whether the control connection still has the call. */
    boolean callIsOpen = true;

    /** Whether the worker has the session: not before it begins, not after it ended. */
    boolean workerHasIt;

    /** Whether the log was told that it is up. */
    boolean announced;

    /** The user who logged in, for the log. */
    String user = NOBODY;

    /** How the user logged in, for the log. */
    String authentication = "-";

    /** How the data is encrypted, for the log. */
    String encryption = "-";

    /** The address that was claimed outside the pool. */
    Optional<Ipv4Address> claimed = Optional.empty();

    /** The address that the client asks for, while its device is being changed. */
    Optional<Ipv4Address> asked = Optional.empty();

    /** Whether the client has an address that it asked for. */
    boolean hasAskedAddress;

    /** The addresses that the user may have. */
    AddressPermissions permissions = AddressPermissions.NONE;

    /** What is settled for the user alone; nothing before the login. */
    UserSettings settings = UserSettings.NONE;

    /** The networks that are routed to the device. */
    List<Ipv4Network> routes = List.of();

    /** What the client gets of IPv6; empty for its link-local address alone. */
    Optional<Ipv6Network> prefix = Optional.empty();

    /** Our interface identifier; none where the session has no IPv6. */
    InterfaceIdentifier identifier = InterfaceIdentifier.NONE;

    /** Whether {@link Devices} was asked for a device and has not answered yet. */
    boolean deviceIsBeingMade;

    /** Whether both sides are done with it. */
    boolean isOver;

    @Nullable TunDevice device;

    /** The largest packet that the device takes, once there is one. */
    int mtuBytes;

    @Nullable Ipv4Assignment assignment;

    /** Who comes in as soon as the device is there. */
    private Optional<Admission> awaiting = Optional.empty();

    SessionEntry(
            String id,
            Call call,
            ControlChannel channel,
            AddressPool.Lease lease,
            long openedNanos) {
        this.id = id;
        this.call = call;
        this.channel = channel;
        this.lease = lease;
        this.openedNanos = openedNanos;
    }

    /** In the log; the same length always. */
    String id() {
        return id;
    }

    Call call() {
        return call;
    }

    int callId() {
        return call.callId().value();
    }

    ControlChannel channel() {
        return channel;
    }

    AddressPool.Lease lease() {
        return lease;
    }

    long openedNanos() {
        return openedNanos;
    }

    /** Lets {@code admission} wait for the device; one that waited before is void. */
    void await(Admission admission) {
        awaitNothing();
        awaiting = Optional.of(admission);
    }

    /** Whoever waited for the device waits no longer. */
    void awaitNothing() {
        takeAwaiting().ifPresent(Admission::discard);
    }

    /** Who waited for the device, once. */
    Optional<Admission> takeAwaiting() {
        Optional<Admission> taken = awaiting;
        awaiting = Optional.empty();
        return taken;
    }

    /**
     * The addresses.
     *
     * @throws IllegalStateException before there are any
     */
    Ipv4Assignment assignment() {
        Ipv4Assignment assigned = assignment;
        if (assigned == null) {
            throw new IllegalStateException("no addresses yet");
        }
        return assigned;
    }

    /** What may come out of the tunnel: from the client, and from what is routed to it. */
    InnerSources sources() {
        return InnerSources.of(assignment().peer(), routes);
    }

    /** Whether somebody gave the right password. */
    boolean isLoggedIn() {
        return !user.equals(NOBODY);
    }

    /** The peer's address without the port. */
    String peer() {
        return call.peerAddress().toString();
    }

    /** The client's address inside, or "-". */
    String assignedAddress() {
        return assignment == null ? "-" : assignment.peer().toString();
    }

    /** The device's name, or "-". */
    String interfaceName() {
        return device == null ? "-" : device.name();
    }
}
