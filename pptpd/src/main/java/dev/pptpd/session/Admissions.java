package dev.pptpd.session;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.address.Ipv6Network;
import dev.pptpd.auth.AddressPermissions;
import dev.pptpd.auth.LoginDecision;
import dev.pptpd.auth.PasswordChanges;
import dev.pptpd.auth.SecretsAuthenticator;
import dev.pptpd.auth.UserSettings;
import dev.pptpd.control.CallDisconnectResult;
import dev.pptpd.discovery.Ipv6Role;
import dev.pptpd.linux.TunDevice;
import dev.pptpd.ppp.auth.AuthenticationRequest;
import dev.pptpd.ppp.auth.AuthenticationResult;
import dev.pptpd.ppp.ipcp.Ipv4Assignment;
import dev.pptpd.ppp.ipv6cp.Ipv6Identifiers;
import dev.pptpd.session.CloseReason.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * From the login to the device: decides, finds the addresses, has the device made and lets the peer
 * in; afterwards gives all of it back. Only the event loop calls it.
 *
 * <p>A session has one set of addresses and one device in its life. A link that starts over keeps
 * them, and while the device is being made only its latest login counts.
 */
final class Admissions {
    private final SessionSettings settings;
    private final AddressAssigner addresses;
    private final List<? extends SessionWorker> workers;
    private final SecretsAuthenticator authenticator;
    private final Devices devices;
    private final Executor eventLoop;
    private final Executor background;

    Admissions(SessionSettings settings, SessionControl.Parts parts, AddressAssigner addresses) {
        this.settings = settings;
        this.addresses = addresses;
        this.workers = parts.workers();
        this.authenticator = parts.authenticator();
        this.devices = parts.devices();
        this.eventLoop = parts.eventLoop();
        this.background = parts.background();
    }

    void onLogin(SessionEntry entry, AuthenticationRequest request, int mtuBytes) {
        if (PasswordChanges.isOne(request)) {
            inBackground(
                    entry,
                    () -> authenticator.change(request),
                    decision -> onPasswordChange(entry, request, decision, mtuBytes));
        } else {
            onDecision(entry, request, authenticator.decide(request), mtuBytes);
        }
    }

    private void onPasswordChange(
            SessionEntry entry,
            AuthenticationRequest request,
            PasswordChanges.Decision decision,
            int mtuBytes) {
        SessionLog.passwordChange(entry, request, decision.obstacle());
        if (!entry.isOver) {
            onDecision(entry, request, decision.login(), mtuBytes);
        } else if (decision.login().result() instanceof AuthenticationResult.Accepted accepted) {
            accepted.wipe();
        }
    }

    /** A login that computes takes milliseconds, which the packets of others must not wait for. */
    void onComputation(SessionEntry entry, Runnable task) {
        inBackground(
                entry,
                () -> {
                    task.run();
                    return task;
                },
                done -> {
                    if (!entry.isOver) {
                        orDisconnect(entry, worker(entry).computed(entry.callId(), done));
                    }
                });
    }

    /** By the time that {@code then} runs, on the event loop, the session may be over. */
    private <T> void inBackground(SessionEntry entry, Supplier<T> work, Consumer<T> then) {
        background.execute(() -> {
            try {
                T result = work.get();
                eventLoop.execute(() -> then.accept(result));
            } catch (RuntimeException mistake) {
                eventLoop.execute(() -> {
                    SessionLog.internalError(entry, mistake);
                    terminate(entry, new CloseReason(Kind.INTERNAL_ERROR, mistake.toString()));
                });
            }
        });
    }

    private void onDecision(
            SessionEntry entry,
            AuthenticationRequest request,
            LoginDecision decision,
            int mtuBytes) {
        switch (decision.result()) {
            case AuthenticationResult.Rejected rejected -> {
                SessionLog.loginFailed(entry, request, rejected.code().number(), decision.fault());
                orDisconnect(entry, worker(entry).refuse(entry.callId(), request, rejected));
            }
            case AuthenticationResult.Accepted accepted -> {
                entry.user = request.peerName().toString();
                entry.authentication = request.method();
                var admission =
                        new Admission.OfLogin(request, accepted, decision.settings().encryption());
                entry.await(admission);
                addresses.assign(
                        entry,
                        decision.permissions(),
                        decision.settings(),
                        obstacle -> {
                            obstacle.ifPresent(detail ->
                                    SessionLog.addressRefused(entry, request.peerName(), detail));
                            onAssigned(entry, mtuBytes, obstacle.isEmpty());
                        });
            }
        }
    }

    void onAdmissionRequested(SessionEntry entry, int mtuBytes) {
        entry.await(new Admission.WithoutLogin());
        addresses.assign(
                entry,
                AddressPermissions.ANY,
                UserSettings.NONE,
                obstacle -> onAssigned(entry, mtuBytes, obstacle.isEmpty()));
    }

    private void onAssigned(SessionEntry entry, int mtuBytes, boolean hasAddress) {
        if (hasAddress) {
            prepareDevice(entry, mtuBytes);
        } else {
            entry.awaitNothing();
            terminate(entry, CloseReason.of(Kind.ADDRESS_REFUSED));
        }
    }

    private void prepareDevice(SessionEntry entry, int mtuBytes) {
        int largest = Math.min(mtuBytes, entry.settings.mtuBytes().orElse(settings.mtuBytes()));
        if (entry.device != null) {
            narrow(entry, entry.device, largest);
            admit(entry, entry.device);
        } else if (!entry.deviceIsBeingMade) {
            entry.deviceIsBeingMade = true;
            Ipv4Assignment assignment = entry.assignment();
            devices.create(
                    new Devices.Wanted(
                            assignment.local(),
                            assignment.peer(),
                            entry.call().peerAddress(),
                            largest,
                            routable(entry)),
                    creation -> eventLoop.execute(() -> onDevice(entry, creation)));
        }
    }

    /** A link that starts over may have agreed on smaller packets. */
    private void narrow(SessionEntry entry, TunDevice device, int mtuBytes) {
        if (mtuBytes < entry.mtuBytes) {
            entry.mtuBytes = mtuBytes;
            devices.narrow(device, mtuBytes);
        }
    }

    /**
     * The user's networks, without those that the client's outer address lies in: packets to it
     * would enter the very tunnel that they carry.
     */
    private static List<Ipv4Network> routable(SessionEntry entry) {
        List<Ipv4Network> routable = new ArrayList<>();
        for (Ipv4Network network : entry.settings.routes()) {
            if (network.contains(entry.call().peerAddress())) {
                SessionLog.routeNotAdded(entry, network, "the client's own address lies in it");
            } else {
                routable.add(network);
            }
        }
        return routable;
    }

    private void onDevice(SessionEntry entry, Devices.Creation creation) {
        entry.deviceIsBeingMade = false;
        switch (creation) {
            case Devices.Creation.Failed(Exception cause) -> {
                entry.awaitNothing();
                SessionLog.deviceFailed(entry, cause);
                terminate(
                        entry,
                        new CloseReason(Kind.DEVICE_FAILED, String.valueOf(cause.getMessage())));
            }
            case Devices.Creation.Made(
                            TunDevice device,
                            int mtuBytes,
                            List<Ipv4Network> routes,
                            List<Devices.RefusedRoute> refused) -> {
                entry.device = device;
                entry.mtuBytes = mtuBytes;
                entry.routes = routes;
                for (Devices.RefusedRoute route : refused) {
                    SessionLog.routeNotAdded(entry, route.network(), route.reason());
                }
                prepareIpv6(entry, device);
            }
        }
        if (entry.isOver) {
            release(entry);
        }
    }

    /** Before the client is let in: its first packet has somewhere to go then. */
    private void prepareIpv6(SessionEntry entry, TunDevice device) {
        if (!settings.ipv6().carries()) {
            admitIfThere(entry, device);
            return;
        }
        Optional<Ipv6Network> prefix = SessionIpv6.prefix(entry, settings.ipv6());
        devices.addIpv6(
                device,
                SessionIpv6.device(entry.identifier, prefix),
                problem ->
                        eventLoop.execute(() -> {
                            settleIpv6(entry, prefix, problem);
                            admitIfThere(entry, device);
                        }));
    }

    /** A client whose IPv6 would end at the device is told that there is none: it has IPv4. */
    private void settleIpv6(
            SessionEntry entry, Optional<Ipv6Network> prefix, Optional<String> problem) {
        problem.ifPresent(detail -> SessionLog.ipv6Failed(entry, detail));
        if (entry.workerHasIt && problem.isPresent()) {
            orDisconnect(entry, worker(entry).omitIpv6(entry.callId()));
        } else if (entry.workerHasIt) {
            entry.prefix = prefix;
            Ipv6Role role = SessionIpv6.role(prefix, settings.ipv6(), entry.mtuBytes);
            orDisconnect(entry, worker(entry).carryIpv6(entry.callId(), role));
        }
    }

    private void admitIfThere(SessionEntry entry, TunDevice device) {
        if (entry.workerHasIt && !entry.isOver) {
            admit(entry, device);
        }
    }

    /** IPv6 flows; where the client gave us another identifier, the device gets it as well. */
    void onIpv6Up(SessionEntry entry, Ipv6Identifiers identifiers) {
        SessionLog.ipv6Up(entry, identifiers);
        TunDevice device = entry.device;
        if (device != null && !identifiers.local().equals(entry.identifier)) {
            entry.identifier = identifiers.local();
            devices.addIpv6(
                    device,
                    SessionIpv6.device(identifiers.local(), Optional.empty()),
                    problem ->
                            problem.ifPresent(detail ->
                                    eventLoop.execute(() -> SessionLog.ipv6Failed(entry, detail))));
        }
    }

    private void admit(SessionEntry entry, TunDevice device) {
        Optional<Admission> admission = entry.takeAwaiting();
        if (admission.isPresent()) {
            SessionTerms terms =
                    SessionTerms.of(
                            settings.tunnel(), entry.settings, entry.assignment(), entry.mtuBytes);
            boolean queued =
                    worker(entry).agree(entry.callId(), terms)
                            && admission
                                    .get()
                                    .admit(
                                            worker(entry),
                                            entry.callId(),
                                            entry.assignment(),
                                            entry.sources(),
                                            device);
            if (!queued) {
                admission.get().discard();
            }
            orDisconnect(entry, queued);
        }
    }

    /**
     * The session is over on both sides. The addresses are free again when the device is gone, also
     * one that is only being made.
     */
    void release(SessionEntry entry) {
        entry.isOver = true;
        entry.awaitNothing();
        TunDevice device = entry.device;
        if (device != null) {
            devices.remove(device, () -> eventLoop.execute(() -> addresses.release(entry)));
        } else if (!entry.deviceIsBeingMade) {
            addresses.release(entry);
        }
    }

    /** Not one that is over: by now another may have its call id. */
    private void terminate(SessionEntry entry, CloseReason reason) {
        if (!entry.isOver) {
            orDisconnect(entry, worker(entry).terminate(entry.callId(), reason));
        }
    }

    /** Where the worker has no room for a command, the call ends: a peer must not hang. */
    private static void orDisconnect(SessionEntry entry, boolean queued) {
        if (!queued) {
            entry.channel().disconnectCall(entry.callId(), CallDisconnectResult.GENERAL_ERROR);
        }
    }

    private SessionWorker worker(SessionEntry entry) {
        return workers.get(entry.call().worker());
    }
}
