package dev.pptpd.session;

import dev.pptpd.auth.AddressPermissions;
import dev.pptpd.auth.LoginDecision;
import dev.pptpd.auth.SecretsAuthenticator;
import dev.pptpd.call.Call;
import dev.pptpd.call.CallTable;
import dev.pptpd.control.CallDisconnectResult;
import dev.pptpd.control.CallEnd;
import dev.pptpd.control.OutgoingCallRequest;
import dev.pptpd.control.StopControlConnectionReason;
import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.linux.TunDevice;
import dev.pptpd.mppe.MppeStrength;
import dev.pptpd.net.CallDecision;
import dev.pptpd.net.CallHandler;
import dev.pptpd.net.ControlChannel;
import dev.pptpd.ppp.auth.AuthenticationResult;
import dev.pptpd.ppp.auth.MsChapV2Request;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import dev.pptpd.ppp.ipcp.Ipv4Assignment;
import dev.pptpd.session.CloseReason.Kind;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The control side of all sessions: grants calls, decides logins, gives out addresses and devices,
 * and ends on both sides what ended on one. Everything here happens on the event loop; the {@link
 * SessionEvents} come in from the workers through {@link #events}.
 *
 * <p>A device is made when the login is good and before the client hears of it, so that it is ready
 * for the first packet. Its name and addresses are given out again only when it is gone.
 */
public final class SessionControl implements CallHandler {
    private final SessionSettings settings;
    private final AddressPool pool;
    private final CallTable calls;
    private final List<? extends SessionWorker> workers;
    private final SecretsAuthenticator authenticator;
    private final Devices devices;
    private final Executor eventLoop;
    private final RandomGenerator entropy;
    private final Map<Integer, SessionEntry> sessions = new HashMap<>();

    /** Set once the server stops: what to do when no session is left. */
    private @Nullable Runnable onIdle;

    /** The parts that sessions are made of; all owned by the caller. */
    public record Parts(
            AddressPool pool,
            CallTable calls,
            List<? extends SessionWorker> workers,
            SecretsAuthenticator authenticator,
            Devices devices,
            Executor eventLoop,
            RandomGenerator entropy) {}

    /** No session yet. */
    public SessionControl(SessionSettings settings, Parts parts) {
        this.settings = settings;
        this.pool = parts.pool();
        this.calls = parts.calls();
        this.workers = parts.workers();
        this.authenticator = parts.authenticator();
        this.devices = parts.devices();
        this.eventLoop = parts.eventLoop();
        this.entropy = parts.entropy();
    }

    @Override
    public CallDecision onCallRequested(
            ControlChannel channel, OutgoingCallRequest request, long nowNanos) {
        InetSocketAddress peer = channel.peerAddress();
        if (onIdle != null) {
            return CallDecision.Refuse.BUSY;
        }
        Optional<AddressPool.Lease> lease = pool.reserve();
        if (lease.isEmpty()) {
            return refuse(peer, "no address is left: " + pool.size() + " sessions");
        }
        Optional<Call> opened =
                calls.open(
                        request.callId(),
                        peer.getAddress(),
                        channel.localAddress().getAddress(),
                        nowNanos);
        if (opened.isEmpty()) {
            pool.release(lease.get());
            return refuse(peer, "no call id is left");
        }
        Call call = opened.get();
        String id = newId();
        if (!workers.get(call.worker()).open(start(id, call))) {
            calls.close(call.callId().value(), nowNanos);
            pool.release(lease.get());
            return refuse(peer, "the worker has no room for another command");
        }
        SessionEntry entry = new SessionEntry(id, call, channel, lease.get(), nowNanos);
        sessions.put(entry.callId(), entry);
        SessionLog.opened(entry);
        return new CallDecision.Accept(entry.callId());
    }

    private static CallDecision refuse(InetSocketAddress peer, String detail) {
        SessionLog.callRefused(peer.getAddress().getHostAddress(), detail);
        return CallDecision.Refuse.BUSY;
    }

    private SessionStart start(String id, Call call) {
        return new SessionStart(
                id,
                call.callId().value(),
                call.peerCallId(),
                Ipv4Address.of(call.peerAddress().getAddress()),
                Ipv4Address.of(call.localAddress().getAddress()),
                settings.link());
    }

    private String newId() {
        return HexFormat.of().toHexDigits(entropy.nextInt());
    }

    @Override
    public void onCallEnded(int callId, CallEnd end, long nowNanos) {
        SessionEntry entry = sessions.get(callId);
        if (entry == null) {
            return;
        }
        entry.callIsOpen = false;
        if (entry.workerHasIt) {
            worker(entry).drop(callId, reason(end));
        } else {
            forget(entry, nowNanos);
        }
    }

    private static CloseReason reason(CallEnd end) {
        return CloseReason.of(
                switch (end) {
                    case CLEARED_BY_PEER, DISCONNECTED_BY_PEER -> Kind.PEER_CLEARED_CALL;
                    case STOPPED_BY_PEER -> Kind.PEER_STOPPED;
                    case DISCONNECTED, STOPPED -> Kind.SHUTDOWN;
                    case TRANSPORT_CLOSED, WITHDRAWN -> Kind.TCP_CLOSED;
                    case PEER_SILENT -> Kind.CONTROL_TIMEOUT;
                    case PROTOCOL_ERROR -> Kind.CONTROL_PROTOCOL_ERROR;
                });
    }

    /** GRE carries no escapes, so the character maps change nothing. */
    @Override
    public void onLinkInfo(int callId, long sendAccm, long receiveAccm, long nowNanos) {
        // Nothing to do: see the method's comment.
    }

    /** The way in for workers. */
    public SessionEvents events() {
        return new Events();
    }

    /** How many sessions there are, on their way up and down included. */
    public int size() {
        return sessions.size();
    }

    /**
     * Takes no more calls and ends all sessions by LCP. {@code then} runs when the last one has
     * ended; callers should not wait for ever.
     */
    public void shutDown(Runnable then) {
        onIdle = then;
        for (SessionEntry entry : List.copyOf(sessions.values())) {
            worker(entry).terminate(entry.callId(), CloseReason.of(Kind.SHUTDOWN));
        }
        finishShutdownIfIdle();
    }

    private void finishShutdownIfIdle() {
        if (onIdle != null && sessions.isEmpty()) {
            onIdle.run();
        }
    }

    private void onLogin(SessionEntry entry, MsChapV2Request request, int mtuBytes) {
        LoginDecision decision = authenticator.decide(request);
        switch (decision.result()) {
            case AuthenticationResult.Rejected rejected -> {
                SessionLog.loginFailed(entry, request.peerName(), rejected.code().number());
                worker(entry).refuse(entry.callId(), request, rejected);
            }
            case AuthenticationResult.Accepted accepted -> {
                entry.user = request.peerName().toString();
                entry.authentication = "MS-CHAPv2";
                Optional<Ipv4Assignment> assignment = assign(entry, decision.permissions());
                if (assignment.isEmpty()) {
                    accepted.startKeys().wipe();
                    SessionLog.addressRefused(
                            entry,
                            request.peerName(),
                            "the secrets file permits this user no free address");
                    worker(entry).terminate(entry.callId(), CloseReason.of(Kind.ADDRESS_REFUSED));
                    return;
                }
                Ipv4Assignment addresses = assignment.get();
                prepareDevice(
                        entry,
                        addresses,
                        mtuBytes,
                        device ->
                                worker(entry)
                                        .admit(
                                                entry.callId(),
                                                request,
                                                accepted,
                                                addresses,
                                                device));
            }
        }
    }

    private void onAdmissionRequested(SessionEntry entry, int mtuBytes) {
        Optional<Ipv4Assignment> assignment = assign(entry, AddressPermissions.ANY);
        assignment.ifPresent(addresses ->
                prepareDevice(
                        entry,
                        addresses,
                        mtuBytes,
                        device -> worker(entry).admit(entry.callId(), addresses, device)));
    }

    /**
     * The address of the slot where the user may have it, else the user's own. A link that starts
     * over keeps what it has.
     */
    private Optional<Ipv4Assignment> assign(SessionEntry entry, AddressPermissions permissions) {
        Ipv4Address pooled = entry.lease().remote();
        int unit = entry.lease().slot();
        Optional<Ipv4Address> fixed = permissions.fixedAddress(unit);
        Ipv4Address remote = pooled;
        if (fixed.isPresent()) {
            remote = fixed.get();
        } else if (!permissions.permits(pooled, unit)) {
            return Optional.empty();
        }
        boolean isOwn = entry.claimed.isPresent() && entry.claimed.get().equals(remote);
        if (!isOwn && !pool.claim(remote, entry.lease())) {
            return Optional.empty();
        }
        if (!remote.equals(pooled)) {
            entry.claimed = Optional.of(remote);
        }
        return Optional.of(
                new Ipv4Assignment(entry.lease().local(), remote, settings.dns(), settings.wins()));
    }

    private interface Admission {
        boolean admit(TunDevice device);
    }

    private void prepareDevice(
            SessionEntry entry, Ipv4Assignment assignment, int mtuBytes, Admission admission) {
        TunDevice existing = entry.device;
        if (existing != null && assignment.equals(entry.assignment)) {
            admission.admit(existing);
            return;
        }
        entry.assignment = assignment;
        devices.create(
                assignment.local().value(),
                assignment.peer().value(),
                Math.min(mtuBytes, settings.mtuBytes()),
                creation -> eventLoop.execute(() -> onDevice(entry, creation, admission)));
    }

    private void onDevice(SessionEntry entry, Devices.Creation creation, Admission admission) {
        switch (creation) {
            case Devices.Creation.Failed(ErrnoException cause) -> {
                SessionLog.deviceFailed(entry, cause);
                worker(entry)
                        .terminate(
                                entry.callId(),
                                new CloseReason(
                                        Kind.DEVICE_FAILED, String.valueOf(cause.getMessage())));
            }
            case Devices.Creation.Made(TunDevice device) -> {
                if (!entry.workerHasIt || entry.device != null) {
                    devices.remove(device, () -> {});
                } else {
                    entry.device = device;
                    if (!admission.admit(device)) {
                        entry.channel()
                                .disconnectCall(entry.callId(), CallDisconnectResult.GENERAL_ERROR);
                    }
                }
            }
        }
    }

    private void onUp(SessionEntry entry, Optional<MppeStrength> encryption) {
        entry.encryption =
                encryption.map(strength -> strength.bits() + "-stateless").orElse("none");
        if (!entry.announced) {
            entry.announced = true;
            SessionLog.up(entry);
        }
    }

    private void onEnded(SessionEntry entry, CloseReason reason, SessionTraffic traffic) {
        long nowNanos = System.nanoTime();
        entry.workerHasIt = false;
        SessionLog.ended(entry, reason, traffic, nowNanos);
        if (!entry.callIsOpen) {
            forget(entry, nowNanos);
        } else if (onIdle != null) {
            entry.channel().stop(StopControlConnectionReason.LOCAL_SHUTDOWN);
        } else {
            entry.channel().disconnectCall(entry.callId(), disconnectResult(reason));
        }
    }

    private static CallDisconnectResult disconnectResult(CloseReason reason) {
        return switch (reason.kind()) {
            case SHUTDOWN -> CallDisconnectResult.ADMIN_SHUTDOWN;
            case PEER_CLEARED_CALL, PEER_TERMINATED, PEER_STOPPED -> CallDisconnectResult.REQUEST;
            case TCP_CLOSED, CONTROL_TIMEOUT, CONTROL_PROTOCOL_ERROR, NO_ANSWER, ECHO_TIMEOUT ->
                    CallDisconnectResult.LOST_CARRIER;
            case NEGOTIATION_FAILED,
                    AUTHENTICATION_FAILED,
                    ENCRYPTION_FAILED,
                    ADDRESS_REFUSED,
                    DEVICE_FAILED,
                    OVERLOADED,
                    INTERNAL_ERROR ->
                    CallDisconnectResult.GENERAL_ERROR;
        };
    }

    /** Both sides are done with it: the call id rests, the addresses wait for the device to go. */
    private void forget(SessionEntry entry, long nowNanos) {
        sessions.remove(entry.callId());
        calls.close(entry.callId(), nowNanos);
        TunDevice device = entry.device;
        if (device == null || onIdle != null) {
            releaseAddresses(entry);
        } else {
            devices.remove(device, () -> eventLoop.execute(() -> releaseAddresses(entry)));
        }
        finishShutdownIfIdle();
    }

    private void releaseAddresses(SessionEntry entry) {
        pool.release(entry.lease());
        entry.claimed.ifPresent(pool::unclaim);
    }

    private SessionWorker worker(SessionEntry entry) {
        return workers.get(entry.call().worker());
    }

    /** What workers tell, carried over to the event loop. */
    private final class Events implements SessionEvents {
        private interface OnEntry {
            void run(SessionEntry entry);
        }

        private void hop(int callId, OnEntry action) {
            eventLoop.execute(() -> {
                SessionEntry entry = sessions.get(callId);
                if (entry != null) {
                    action.run(entry);
                }
            });
        }

        @Override
        public void onLogin(int callId, MsChapV2Request request, int mtuBytes) {
            hop(callId, entry -> SessionControl.this.onLogin(entry, request, mtuBytes));
        }

        @Override
        public void onAdmissionRequested(int callId, int mtuBytes) {
            hop(callId, entry -> SessionControl.this.onAdmissionRequested(entry, mtuBytes));
        }

        @Override
        public void onUp(int callId, Optional<MppeStrength> encryption) {
            hop(callId, entry -> SessionControl.this.onUp(entry, encryption));
        }

        @Override
        public void onIdentified(int callId, String text) {
            hop(callId, entry -> SessionLog.identified(entry, text));
        }

        @Override
        public void onEnded(int callId, CloseReason reason, SessionTraffic traffic) {
            hop(callId, entry -> SessionControl.this.onEnded(entry, reason, traffic));
        }
    }
}
