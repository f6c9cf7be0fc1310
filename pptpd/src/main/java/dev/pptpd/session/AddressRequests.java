package dev.pptpd.session;

import dev.pptpd.control.CallDisconnectResult;
import dev.pptpd.linux.TunDevice;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import dev.pptpd.ppp.ipcp.Ipv4Assignment;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Clients that ask for an address of their own choice, by IPCP: granted where the user's line in
 * the secrets file permits it, nobody has it and nobody else needs it. The device is changed before
 * the client hears of it. Only the event loop calls this.
 */
final class AddressRequests {
    private final SessionSettings settings;
    private final AddressPool pool;
    private final List<? extends SessionWorker> workers;
    private final Devices devices;
    private final Executor eventLoop;
    private final Collection<SessionEntry> sessions;

    /** For these sessions, of which there are others later. */
    AddressRequests(
            SessionSettings settings,
            SessionControl.Parts parts,
            Collection<SessionEntry> sessions) {
        this.settings = settings;
        this.sessions = sessions;
        this.pool = parts.pool();
        this.workers = parts.workers();
        this.devices = parts.devices();
        this.eventLoop = parts.eventLoop();
    }

    /** The link of the session keeps its client waiting until this has decided. */
    void onAsked(SessionEntry entry, Ipv4Address address) {
        TunDevice device = entry.device;
        if (device == null || entry.isOver || entry.asked.isPresent()) {
            return;
        }
        Optional<String> obstacle = obstacle(entry, address);
        if (obstacle.isPresent()) {
            SessionLog.addressNotGranted(entry, address, obstacle.get());
            tell(entry);
            return;
        }
        entry.asked = Optional.of(address);
        Ipv4Assignment before = entry.assignment();
        devices.changePeer(
                device,
                before.local(),
                before.peer(),
                address,
                problem -> eventLoop.execute(() -> onChanged(entry, address, problem)));
    }

    /** The last that is looked at is whether it is free, for then it is no longer. */
    private Optional<String> obstacle(SessionEntry entry, Ipv4Address address) {
        if (!entry.permissions.permits(address, entry.lease().slot())) {
            return Optional.of("the secrets file does not permit it to this user");
        }
        if (isOuter(address)) {
            return Optional.of("it is an address outside of the tunnels");
        }
        return pool.claimAsked(
                address,
                entry.lease(),
                entry.permissions.fixedAddress(entry.lease().slot()),
                entry.settings.routes());
    }

    /** Packets between these addresses carry a tunnel, and would enter one otherwise. */
    private boolean isOuter(Ipv4Address address) {
        return sessions.stream()
                .map(SessionEntry::call)
                .anyMatch(call ->
                        call.peerAddress().equals(address) || call.localAddress().equals(address));
    }

    private void onChanged(SessionEntry entry, Ipv4Address address, Optional<String> problem) {
        entry.asked = Optional.empty();
        if (problem.isPresent()) {
            pool.unclaim(address);
            SessionLog.addressNotGranted(entry, address, problem.get());
        } else {
            entry.claimed.ifPresent(pool::unclaim);
            entry.claimed = Optional.of(address);
            entry.assignment = entry.assignment().withPeer(address);
            entry.hasAskedAddress = true;
        }
        if (!entry.isOver) {
            tell(entry);
        }
    }

    private void tell(SessionEntry entry) {
        SessionTerms terms =
                SessionTerms.of(
                        settings.tunnel(), entry.settings, entry.assignment(), entry.mtuBytes);
        SessionWorker worker = workers.get(entry.call().worker());
        boolean queued =
                worker.agree(entry.callId(), terms)
                        && worker.decideAddress(
                                entry.callId(), entry.assignment(), entry.sources());
        if (!queued) {
            entry.channel().disconnectCall(entry.callId(), CallDisconnectResult.GENERAL_ERROR);
        }
    }
}
