package dev.pptpd.session;

import dev.pptpd.control.CallDisconnectResult;
import dev.pptpd.linux.HostNetworks;
import dev.pptpd.linux.TunDevice;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import dev.pptpd.ppp.ipcp.Ipv4Assignment;
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
    private final AddressAssigner addresses;
    private final AddressPool pool;
    private final List<? extends SessionWorker> workers;
    private final Devices devices;
    private final Executor eventLoop;

    AddressRequests(
            SessionSettings settings, SessionControl.Parts parts, AddressAssigner addresses) {
        this.settings = settings;
        this.addresses = addresses;
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
        Optional<String> obstacle = addresses.claimAsked(entry, address, entry.settings);
        if (obstacle.isPresent()) {
            SessionLog.addressNotGranted(entry, address, obstacle.get());
            tell(entry);
            return;
        }
        entry.asked = Optional.of(address);
        devices.hostNetworks(host -> eventLoop.execute(() -> onHost(entry, device, address, host)));
    }

    /** It is the client's if the host and its neighbours can spare it. */
    private void onHost(
            SessionEntry entry,
            TunDevice device,
            Ipv4Address address,
            Optional<HostNetworks> host) {
        if (entry.isOver) {
            return;
        }
        Optional<String> obstacle = addresses.hostsObstacle(entry, address, host);
        if (obstacle.isPresent()) {
            onChanged(entry, address, obstacle);
            return;
        }
        Ipv4Assignment before = entry.assignment();
        devices.changePeer(
                device,
                before.local(),
                before.peer(),
                address,
                problem -> eventLoop.execute(() -> onChanged(entry, address, problem)));
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
