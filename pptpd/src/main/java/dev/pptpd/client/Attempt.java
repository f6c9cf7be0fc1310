package dev.pptpd.client;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.control.CallDisconnectResult;
import dev.pptpd.control.CallEnd;
import dev.pptpd.control.CallFailure;
import dev.pptpd.control.CallRequest;
import dev.pptpd.control.CallTerms;
import dev.pptpd.control.ControlCloseReason;
import dev.pptpd.control.ControlConnectionSettings;
import dev.pptpd.control.IncomingCallRequest;
import dev.pptpd.control.OutgoingCallRequest;
import dev.pptpd.control.StopControlConnectionReason;
import dev.pptpd.discovery.Ipv6Role;
import dev.pptpd.discovery.RouterAdvertisement;
import dev.pptpd.linux.TunDevice;
import dev.pptpd.mppe.MppeMode;
import dev.pptpd.net.ConnectFailure;
import dev.pptpd.net.ControlChannel;
import dev.pptpd.net.PlacedCallHandler;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import dev.pptpd.ppp.ipcp.Ipv4Assignment;
import dev.pptpd.ppp.ipv6cp.Ipv6Identifiers;
import dev.pptpd.ppp.link.LinkRole;
import dev.pptpd.session.CloseReason;
import dev.pptpd.session.CloseReason.Kind;
import dev.pptpd.session.InnerSources;
import dev.pptpd.session.SessionStart;
import dev.pptpd.session.SessionTerms;
import dev.pptpd.session.SessionTraffic;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to be connected, from the first SYN to the last message: control connection, call,
 * session and network. Everything happens on the event loop of the control client. It ends once,
 * with the first reason that there was.
 */
final class Attempt implements PlacedCallHandler {
    private final Surroundings surroundings;
    private final Ipv4Address server;
    private final int callId;
    private final EndReport report;
    private final ClientLog log;
    private final Network network;
    private final CompletableFuture<AttemptEnd> ended = new CompletableFuture<>();

    private @Nullable ControlChannel channel;
    private @Nullable AttemptEnd end;

    /** Whether the worker has the session. */
    private boolean workerHasIt;

    /** Whether TCP is open, or being opened. */
    private boolean connectionIsOpen = true;

    private boolean isStopping;

    /** When the worker was given the session. */
    private long sessionSinceNanos;

    /** How we logged in. */
    private String login = "none";

    /** Whether the network was opened, whatever became of it. */
    private boolean opening;

    /** When packets began to flow. */
    private Optional<Long> upSinceNanos = Optional.empty();

    /**
     * @param server its outer address
     * @param callId ours, 1..65535
     */
    Attempt(Surroundings surroundings, Ipv4Address server, int callId) {
        ClientArguments arguments = surroundings.arguments();
        this.surroundings = surroundings;
        this.server = server;
        this.callId = callId;
        this.report = new EndReport(arguments.host(), arguments.encryption().demand());
        this.log = new ClientLog(server, arguments.user());
        this.network = new Network(surroundings, server, log);
    }

    /** Done when nothing is left of the attempt. */
    CompletableFuture<AttemptEnd> ended() {
        return ended;
    }

    /** The user wants the end: by LCP, then by PPTP. */
    void stop() {
        isStopping = true;
        if (workerHasIt) {
            terminate(CloseReason.of(Kind.SHUTDOWN));
        } else {
            endConnection();
        }
    }

    @Override
    public void onConnectFailed(ConnectFailure failure, long nowNanos) {
        connectionIsOpen = false;
        endWith(report.of(failure));
    }

    @Override
    public void onConnected(ControlChannel opened, long nowNanos) {
        channel = opened;
        if (isStopping) {
            endConnection();
        }
    }

    @Override
    public void onStarted(ControlChannel opened, long nowNanos) {
        if (!isStopping) {
            opened.placeCall(request());
        }
    }

    private CallRequest request() {
        // Servers show the serial number in their logs, next to the call id: let it be the same.
        return surroundings.arguments().incomingCall()
                ? IncomingCallRequest.of(callId, callId)
                : OutgoingCallRequest.of(
                        callId,
                        callId,
                        ControlConnectionSettings.DEFAULTS.packetReceiveWindowSize());
    }

    @Override
    public void onCallConnected(int call, int peerCallId, CallTerms terms, long nowNanos) {
        ControlChannel open = channel;
        if (open == null || isStopping) {
            endConnection();
            return;
        }
        SessionStart start =
                new SessionStart(
                        HexFormat.of().toHexDigits((short) callId),
                        callId,
                        peerCallId,
                        terms.packetReceiveWindowSize(),
                        server,
                        Ipv4Address.of(open.localAddress().getAddress().getAddress()),
                        surroundings.link());
        workerHasIt = surroundings.worker().open(start) && carriesIpv6();
        sessionSinceNanos = System.nanoTime();
        if (!workerHasIt) {
            endWith(report.of(CloseReason.of(Kind.OVERLOADED), EndReport.Course.NOTHING));
        }
    }

    /** Before the link can negotiate it. A worker without room for that has none for the rest. */
    private boolean carriesIpv6() {
        return !surroundings.arguments().ipv6()
                || surroundings.worker().carryIpv6(callId, new Ipv6Role.Host());
    }

    @Override
    public void onCallFailed(int call, CallFailure failure, long nowNanos) {
        endWith(report.of(failure));
    }

    @Override
    public void onCallEnded(int call, CallEnd callEnd, String detail, long nowNanos) {
        drop(new CloseReason(kind(callEnd), detail));
    }

    private static Kind kind(CallEnd end) {
        return switch (end) {
            case CLEARED_BY_PEER, DISCONNECTED_BY_PEER -> Kind.PEER_CLEARED_CALL;
            case STOPPED_BY_PEER -> Kind.PEER_STOPPED;
            case DISCONNECTED, STOPPED -> Kind.SHUTDOWN;
            case TRANSPORT_CLOSED, WITHDRAWN -> Kind.TCP_CLOSED;
            case PEER_SILENT -> Kind.CONTROL_TIMEOUT;
            case PROTOCOL_ERROR -> Kind.CONTROL_PROTOCOL_ERROR;
        };
    }

    @Override
    public void onClosed(ControlCloseReason reason, String detail, long nowNanos) {
        connectionIsOpen = false;
        if (!workerHasIt) {
            endWith(report.of(reason, detail));
        }
    }

    /** The server has let us in. */
    void onLoggedIn(String method) {
        login = method;
    }

    /** The link is up, perhaps again. */
    void onUp(Ipv4Assignment assignment, Optional<MppeMode> encryption, int mtuBytes) {
        if (network.isOf(assignment)) {
            return;
        }
        if (opening) {
            String detail = "the server changed the addresses";
            terminate(new CloseReason(Kind.ADDRESS_FAILED, detail));
            return;
        }
        opening = true;
        network.open(
                assignment,
                mtuBytes,
                outcome -> {
                    switch (outcome) {
                        case Network.Opening.Open(var device, var mtu) -> {
                            if (workerHasIt) {
                                attach(assignment, encryption, device, mtu);
                            }
                        }
                        case Network.Opening.Failed(var failure) -> terminate(failure);
                    }
                    finishIfOver();
                });
    }

    /** IPv6 is up. */
    void onIpv6Up(Ipv6Identifiers identifiers) {
        network.carryIpv6(identifiers);
    }

    /** The server gives us a prefix. */
    void onAdvertised(RouterAdvertisement advertisement) {
        network.takePrefix(advertisement);
    }

    /** The server says which networks lie behind it. */
    void onRoutesTold(List<Ipv4Network> routes) {
        network.takeRoutes(routes);
    }

    /** The server does not have what the user asked for; he may well do without. */
    void onNotGiven(String what, String detail) {
        log.notGiven(what, detail);
    }

    private void attach(
            Ipv4Assignment assignment,
            Optional<MppeMode> encryption,
            TunDevice device,
            int mtuBytes) {
        boolean queued =
                surroundings.worker().agree(callId, terms(assignment, mtuBytes))
                        && surroundings
                                .worker()
                                .attach(callId, assignment, InnerSources.any(), device);
        if (queued) {
            upSinceNanos = Optional.of(System.nanoTime());
            log.connected(device.name(), assignment, login, encryption);
            if (surroundings.link().role() instanceof LinkRole.Client role
                    && role.password().isChanged()) {
                log.passwordChanged();
            }
        } else {
            drop(CloseReason.of(Kind.OVERLOADED));
        }
    }

    private SessionTerms terms(Ipv4Assignment assignment, int mtuBytes) {
        Optional<SessionTerms.Inquiry> inquiry =
                surroundings.arguments().acceptsRoutes()
                        ? Optional.of(
                                new SessionTerms.Inquiry(
                                        assignment.local(), ThreadLocalRandom.current().nextInt()))
                        : Optional.empty();
        return SessionTerms.ofClient(assignment, mtuBytes, inquiry);
    }

    private void terminate(CloseReason reason) {
        if (workerHasIt && !surroundings.worker().terminate(callId, reason)) {
            drop(reason);
        }
    }

    /**
     * The worker must hear of it, for it may hold the device: where its queue is full, it is told
     * as soon as there is room. What follows waits for its answer.
     */
    private void drop(CloseReason reason) {
        if (workerHasIt && !surroundings.worker().drop(callId, reason)) {
            surroundings.eventLoop().execute(() -> drop(reason));
        }
    }

    private long upNanos() {
        return upSinceNanos.map(since -> System.nanoTime() - since).orElse(AttemptEnd.NEVER_UP);
    }

    /** The worker has let go of the session. */
    void onSessionEnded(CloseReason reason, SessionTraffic traffic) {
        workerHasIt = false;
        long upNanos = upNanos();
        if (upSinceNanos.isPresent()) {
            log.disconnected(reason, traffic, upNanos);
        }
        long sessionNanos = System.nanoTime() - sessionSinceNanos;
        endWith(
                report.of(
                        reason, new EndReport.Course(traffic.greFrames(), sessionNanos, upNanos)));
    }

    private void endWith(AttemptEnd reason) {
        if (end == null) {
            end = reason;
        }
        endConnection();
        network.close(this::finishIfOver);
    }

    private void endConnection() {
        ControlChannel open = channel;
        if (open != null && connectionIsOpen) {
            open.disconnectCall(callId, CallDisconnectResult.REQUEST);
            open.stop(StopControlConnectionReason.NONE);
        }
        finishIfOver();
    }

    private void finishIfOver() {
        AttemptEnd reason = end;
        if (reason != null && !workerHasIt && !connectionIsOpen && network.isClosed()) {
            ended.complete(reason);
        }
    }
}
