package dev.pptpd.session;

import dev.pptpd.auth.SecretsAuthenticator;
import dev.pptpd.call.Call;
import dev.pptpd.call.CallTable;
import dev.pptpd.control.CallDisconnectResult;
import dev.pptpd.control.CallEnd;
import dev.pptpd.control.CallRequest;
import dev.pptpd.control.CallTerms;
import dev.pptpd.control.OutgoingCallRequest;
import dev.pptpd.control.StopControlConnectionReason;
import dev.pptpd.control.WanErrorCounters;
import dev.pptpd.gre.GreCounters;
import dev.pptpd.mppe.MppeMode;
import dev.pptpd.net.CallDecision;
import dev.pptpd.net.CallHandler;
import dev.pptpd.net.ControlChannel;
import dev.pptpd.ppp.auth.AuthenticationRequest;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import dev.pptpd.ppp.ipv6cp.InterfaceIdentifier;
import dev.pptpd.ppp.ipv6cp.Ipv6Identifiers;
import dev.pptpd.ppp.ipv6cp.Ipv6cpConfiguration;
import dev.pptpd.ppp.link.LinkConfiguration;
import dev.pptpd.session.CloseReason.Kind;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The control side of all sessions: grants calls, has logins decided by {@link Admissions}, and
 * ends on both sides what ended on one. Everything here happens on the event loop; the {@link
 * SessionEvents} come in from the workers through {@link #events}.
 *
 * <p>A device is made when the login is good and before the client hears of it, so that it is ready
 * for the first packet. Its name and addresses are given out again only when it is gone.
 */
public final class SessionControl implements CallHandler {
    private static final String NO_ROOM = "the worker has no room for another command";

    private final SessionSettings settings;
    private final AddressPool pool;
    private final CallTable calls;
    private final List<? extends SessionWorker> workers;
    private final Admissions admissions;
    private final AddressRequests requests;
    private final StrayPackets strays;
    private final Executor eventLoop;
    private final RandomGenerator entropy;
    private final Map<Integer, SessionEntry> sessions = new HashMap<>();

    /** Set once the server stops: what to do when no session is left. */
    private @Nullable Runnable onIdle;

    /**
     * The parts that sessions are made of; all owned by the caller.
     *
     * @param background runs what computes for milliseconds or waits for a disk
     */
    public record Parts(
            AddressPool pool,
            CallTable calls,
            List<? extends SessionWorker> workers,
            SecretsAuthenticator authenticator,
            Devices devices,
            StrayPackets strays,
            Executor eventLoop,
            Executor background,
            RandomGenerator entropy) {}

    /** No session yet. */
    public SessionControl(SessionSettings settings, Parts parts) {
        this.settings = settings;
        this.pool = parts.pool();
        this.calls = parts.calls();
        this.workers = parts.workers();
        AddressAssigner addresses = new AddressAssigner(settings, parts, sessions.values());
        this.admissions = new Admissions(settings, parts, addresses);
        this.requests = new AddressRequests(settings, parts, addresses);
        this.strays = parts.strays();
        this.eventLoop = parts.eventLoop();
        this.entropy = parts.entropy();
    }

    @Override
    public CallDecision onCallRequested(
            ControlChannel channel, CallRequest request, long nowNanos) {
        Ipv4Address peer = address(channel.peerAddress());
        if (onIdle != null) {
            return CallDecision.Refuse.BUSY;
        }
        Optional<AddressPool.Lease> lease = pool.reserve();
        if (lease.isEmpty()) {
            return refuse(peer, "no address is left: " + pool.size() + " sessions");
        }
        Optional<Call> opened =
                calls.open(request.callId(), peer, address(channel.localAddress()), nowNanos);
        if (opened.isEmpty()) {
            pool.release(lease.get());
            return refuse(peer, "no call id is left");
        }
        Call call = opened.get();
        SessionEntry entry = new SessionEntry(newId(), call, channel, lease.get(), nowNanos);
        strays.forget(peer, call.callId().value());
        if (request instanceof OutgoingCallRequest outgoing
                && !begin(entry, outgoing.packetReceiveWindowSize())) {
            calls.close(call.callId().value(), nowNanos);
            pool.release(lease.get());
            return refuse(peer, NO_ROOM);
        }
        sessions.put(entry.callId(), entry);
        SessionLog.opened(entry);
        return new CallDecision.Accept(entry.callId());
    }

    private static CallDecision refuse(Ipv4Address peer, String detail) {
        SessionLog.callRefused(peer.toString(), detail);
        return CallDecision.Refuse.BUSY;
    }

    /**
     * Begins the session of a call that a PAC placed: only now does the PAC hear our packets. That
     * of a PNS has begun with its request, so that it can still be told that we are busy.
     */
    @Override
    public void onCallConnected(int callId, int peerCallId, CallTerms terms, long nowNanos) {
        SessionEntry entry = sessions.get(callId);
        if (entry != null && !entry.workerHasIt && !begin(entry, terms.packetReceiveWindowSize())) {
            refuse(address(entry.channel().peerAddress()), NO_ROOM);
            entry.channel().disconnectCall(callId, CallDisconnectResult.GENERAL_ERROR);
        }
    }

    private boolean begin(SessionEntry entry, int peerReceiveWindow) {
        LinkConfiguration link = SessionIpv6.link(settings, entry.lease(), entropy);
        entry.identifier =
                link.network()
                        .ipv6()
                        .flatMap(Ipv6cpConfiguration::local)
                        .orElse(InterfaceIdentifier.NONE);
        entry.workerHasIt =
                worker(entry).open(start(entry.id(), entry.call(), peerReceiveWindow, link));
        return entry.workerHasIt;
    }

    /** The listener takes IPv4 alone. */
    private static Ipv4Address address(InetSocketAddress socket) {
        return Ipv4Address.of(socket.getAddress().getAddress());
    }

    private static SessionStart start(
            String id, Call call, int peerReceiveWindow, LinkConfiguration link) {
        return new SessionStart(
                id,
                call.callId().value(),
                call.peerCallId(),
                peerReceiveWindow,
                call.peerAddress(),
                call.localAddress(),
                link);
    }

    private String newId() {
        return HexFormat.of().toHexDigits(entropy.nextInt());
    }

    @Override
    public void onCallEnded(int callId, CallEnd end, String detail, long nowNanos) {
        SessionEntry entry = sessions.get(callId);
        if (entry == null) {
            return;
        }
        entry.callIsOpen = false;
        if (entry.workerHasIt) {
            drop(entry, reason(end));
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

    /** There is no line of ours to mend; whoever looks into the log may know one. */
    @Override
    public void onWanErrors(int callId, WanErrorCounters counters, long nowNanos) {
        SessionEntry entry = sessions.get(callId);
        if (entry != null) {
            SessionLog.wanErrors(entry, counters);
        }
    }

    /** The way in for workers. */
    public SessionEvents events() {
        return new WorkerEvents(eventLoop, sessions::get, new FromWorkers());
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
            if (entry.workerHasIt) {
                worker(entry).terminate(entry.callId(), CloseReason.of(Kind.SHUTDOWN));
            } else {
                entry.channel().stop(StopControlConnectionReason.LOCAL_SHUTDOWN);
            }
        }
        finishShutdownIfIdle();
    }

    private void finishShutdownIfIdle() {
        if (onIdle != null && sessions.isEmpty()) {
            onIdle.run();
        }
    }

    private void onUp(SessionEntry entry, Optional<MppeMode> encryption) {
        entry.encryption = encryption.map(MppeMode::toString).orElse("none").intern();
        if (!entry.announced) {
            entry.announced = true;
            SessionLog.up(entry);
        }
    }

    private void onEnded(SessionEntry entry, CloseReason reason, SessionTraffic traffic) {
        long nowNanos = System.nanoTime();
        entry.workerHasIt = false;
        Optional<String> diagnosis = Diagnosis.of(evidence(entry, reason, traffic, nowNanos));
        SessionLog.ended(entry, reason, traffic, diagnosis, nowNanos);
        if (!entry.callIsOpen) {
            forget(entry, nowNanos);
        } else if (onIdle != null) {
            entry.channel().stop(StopControlConnectionReason.LOCAL_SHUTDOWN);
        } else {
            entry.channel().disconnectCall(entry.callId(), disconnectResult(reason));
        }
    }

    private Evidence evidence(
            SessionEntry entry, CloseReason reason, SessionTraffic traffic, long nowNanos) {
        boolean gotThrough = entry.announced || entry.isLoggedIn();
        GreCounters gre = traffic.gre();
        return new Evidence(
                reason.kind(),
                Duration.ofNanos(nowNanos - entry.openedNanos()),
                gotThrough,
                traffic.greFrames(),
                gre.acknowledgmentsReceived() - gre.acknowledgmentsIgnored(),
                strays.from(entry.call().peerAddress()),
                strays.withCallId(entry.callId()),
                gotThrough ? List.of() : siblings(entry));
    }

    private List<Evidence.Sibling> siblings(SessionEntry entry) {
        return sessions.values().stream()
                .filter(other -> other != entry && other.workerHasIt)
                .filter(other -> other.call().peerAddress().equals(entry.call().peerAddress()))
                .map(other -> new Evidence.Sibling(other.id(), other.announced))
                .toList();
    }

    private static CallDisconnectResult disconnectResult(CloseReason reason) {
        return switch (reason.kind()) {
            case SHUTDOWN, IDLE, MAX_CONNECT, MAX_OCTETS -> CallDisconnectResult.ADMIN_SHUTDOWN;
            case PEER_CLEARED_CALL, PEER_TERMINATED, PEER_STOPPED -> CallDisconnectResult.REQUEST;
            case TCP_CLOSED, CONTROL_TIMEOUT, CONTROL_PROTOCOL_ERROR, NO_ANSWER, ECHO_TIMEOUT ->
                    CallDisconnectResult.LOST_CARRIER;
            case NEGOTIATION_FAILED,
                    AUTHENTICATION_FAILED,
                    PEER_NOT_PROVEN,
                    ENCRYPTION_FAILED,
                    ADDRESS_FAILED,
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
        // A server that stops removes all devices at once, which is far quicker.
        if (onIdle == null) {
            admissions.release(entry);
        }
        finishShutdownIfIdle();
    }

    /** The worker must hear of it; where its queue is full, it is told as soon as there is room. */
    private void drop(SessionEntry entry, CloseReason reason) {
        if (entry.workerHasIt && !worker(entry).drop(entry.callId(), reason)) {
            eventLoop.execute(() -> drop(entry, reason));
        }
    }

    private SessionWorker worker(SessionEntry entry) {
        return workers.get(entry.call().worker());
    }

    /** What the workers tell. */
    private final class FromWorkers implements WorkerEvents.Listener {
        @Override
        public void onLogin(SessionEntry entry, AuthenticationRequest request, int mtuBytes) {
            admissions.onLogin(entry, request, mtuBytes);
        }

        @Override
        public void onComputation(SessionEntry entry, Runnable task) {
            admissions.onComputation(entry, task);
        }

        @Override
        public void onAdmissionRequested(SessionEntry entry, int mtuBytes) {
            admissions.onAdmissionRequested(entry, mtuBytes);
        }

        @Override
        public void onAddressAsked(SessionEntry entry, Ipv4Address asked) {
            requests.onAsked(entry, asked);
        }

        @Override
        public void onUp(SessionEntry entry, Optional<MppeMode> encryption) {
            SessionControl.this.onUp(entry, encryption);
        }

        @Override
        public void onIpv6Up(SessionEntry entry, Ipv6Identifiers identifiers) {
            admissions.onIpv6Up(entry, identifiers);
        }

        @Override
        public void onEnded(SessionEntry entry, CloseReason reason, SessionTraffic traffic) {
            SessionControl.this.onEnded(entry, reason, traffic);
        }
    }
}
