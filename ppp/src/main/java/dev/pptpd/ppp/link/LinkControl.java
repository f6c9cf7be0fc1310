package dev.pptpd.ppp.link;

import dev.pptpd.ppp.auth.AuthenticationRequest;
import dev.pptpd.ppp.auth.AuthenticationResult;
import dev.pptpd.ppp.frame.PppProtocol;
import dev.pptpd.ppp.fsm.Identifiers;
import dev.pptpd.ppp.fsm.LayerAction;
import dev.pptpd.ppp.ipcp.AddressNegotiation;
import dev.pptpd.ppp.ipcp.IpcpOptions;
import dev.pptpd.ppp.ipcp.Ipv4Assignment;
import dev.pptpd.ppp.lcp.LcpOptions;
import dev.pptpd.ppp.lcp.LcpPackets;
import dev.pptpd.ppp.link.LinkEnd.Cause;
import dev.pptpd.ppp.packet.Code;
import dev.pptpd.ppp.packet.ControlPacket;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The phases of a link: Establish by LCP, Authenticate, Network by CCP and IPCP, Terminate.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc1661#section-3.2 RFC 1661 section 3.2
 */
final class LinkControl {
    /** A peer that renegotiates LCP more often is up to no good. */
    private static final int MAX_RENEGOTIATIONS = 5;

    private enum Phase {
        /** Waiting for the peer's first frame or the end of the start delay. */
        DEAD,
        ESTABLISH,
        AUTHENTICATE,
        NETWORK,
        TERMINATE,
        /** Finished was said. */
        ENDED
    }

    private LinkConfiguration configuration;
    private final Encryption encryption;
    private final RandomGenerator entropy;
    private final Outbox outbox;
    private final Identifiers identifiers = new Identifiers();
    private final SetupTime setup = new SetupTime();
    private final LcpOptions lcpOptions;
    private final LcpLayer lcp;
    private final Login login;

    private Phase phase = Phase.DEAD;
    private @Nullable NetworkPhase network;
    private @Nullable LinkEnd end;
    private int timesEstablished;

    LinkControl(
            LinkConfiguration configuration,
            Encryption encryption,
            RandomGenerator entropy,
            Outbox outbox) {
        this.configuration = configuration;
        this.encryption = encryption;
        this.entropy = entropy;
        this.outbox = outbox;
        this.lcpOptions = configuration.lcpOptions(entropy);
        this.lcp = new LcpLayer(lcpOptions, configuration, identifiers, outbox);
        this.login = Login.of(configuration, lcpOptions, encryption, entropy, outbox);
    }

    void start(long nowNanos) {
        setup.start(configuration.startDelayMillis(), nowNanos);
        lcp.open(nowNanos);
    }

    /** How IPv4 flows; null while it does not. */
    @Nullable Ipv4Flow ipv4() {
        return network == null ? null : network.ipv4();
    }

    boolean carriesIpv6() {
        return network != null && network.carriesIpv6();
    }

    /** The peer sent data. */
    void heard() {
        lcp.heard();
    }

    Optional<LinkEnd> end() {
        return Optional.ofNullable(end);
    }

    /** What LCP agreed on, as far as it came. */
    LcpOptions agreed() {
        return lcpOptions;
    }

    long nextDeadlineNanos() {
        long deadline = Math.min(setup.nextDeadlineNanos(), lcp.nextDeadlineNanos());
        deadline = Math.min(deadline, login.nextDeadlineNanos());
        return network == null ? deadline : Math.min(deadline, network.nextDeadlineNanos());
    }

    void onTimeout(long nowNanos) {
        if (setup.isStartDue(nowNanos)) {
            establish(nowNanos);
        }
        if (setup.isOver(nowNanos)) {
            onSetupTimeout(nowNanos);
        }
        Optional<LinkEnd> death = lcp.onTimeout(nowNanos);
        login.onTimeout(nowNanos);
        if (network != null) {
            network.onTimeout(nowNanos);
        }
        death.ifPresent(reason -> close(reason, nowNanos));
        drain(nowNanos);
    }

    /** A user who is asked for another password gets the time that the login gives. */
    private void onSetupTimeout(long nowNanos) {
        if (login.awaitsUser()) {
            setup.extend(nowNanos);
        } else {
            close(new LinkEnd(Cause.NEGOTIATION_FAILED, "the network is not up in time"), nowNanos);
        }
    }

    /** LCP begins: the peer has spoken, or has had its time. */
    private void establish(long nowNanos) {
        setup.started();
        if (phase == Phase.DEAD) {
            phase = Phase.ESTABLISH;
            setup.limit(login.timeoutMillis(), nowNanos);
            lcp.up(nowNanos);
        }
    }

    void close(LinkEnd reason, long nowNanos) {
        if (end == null) {
            end = reason;
        }
        if (phase == Phase.DEAD) {
            finish();
        } else if (phase != Phase.ENDED && phase != Phase.TERMINATE) {
            leaveNetwork(nowNanos);
            phase = Phase.TERMINATE;
            setup.unlimit();
            lcp.close(reason.told(), nowNanos);
            drain(nowNanos);
        }
    }

    void authenticated(
            AuthenticationRequest request,
            AuthenticationResult.Accepted accepted,
            Ipv4Assignment assignment,
            long nowNanos) {
        if (!(login instanceof ServerLogin server) || !server.isDeciding(request)) {
            accepted.wipe();
            return;
        }
        accepted.startKeys().ifPresent(encryption::useKeys);
        if (phase == Phase.AUTHENTICATE) {
            network = networkPhase(new IpcpOptions(assignment, configuration.network().vj()));
        }
        server.decided(request, accepted, nowNanos);
        drain(nowNanos);
    }

    void admitted(Ipv4Assignment assignment, long nowNanos) {
        if (phase == Phase.AUTHENTICATE && login instanceof ServerLogin) {
            network = networkPhase(new IpcpOptions(assignment, configuration.network().vj()));
            enterNetwork(nowNanos);
            drain(nowNanos);
        }
    }

    /** From the next network phase on. */
    void omitIpv6() {
        configuration = configuration.with(configuration.network().withoutIpv6());
    }

    void addressDecided(Ipv4Assignment assignment, long nowNanos) {
        if (network != null) {
            network.addressDecided(assignment, nowNanos);
            drain(nowNanos);
        }
    }

    private NetworkPhase networkPhase(AddressNegotiation addresses) {
        return new NetworkPhase(
                configuration,
                encryption,
                addresses,
                identifiers,
                outbox,
                lcpOptions.peerMruBytes(),
                lcpOptions.peerWantsCallback(),
                entropy);
    }

    void refused(
            AuthenticationRequest request, AuthenticationResult.Rejected rejected, long nowNanos) {
        if (login instanceof ServerLogin server) {
            server.decided(request, rejected, nowNanos);
            drain(nowNanos);
        }
    }

    void computed(Runnable task, long nowNanos) {
        if (login instanceof ServerLogin server) {
            server.computed(task, nowNanos);
            drain(nowNanos);
        }
    }

    FrameVerdict receive(int protocol, ControlPacket packet, long nowNanos) {
        if (phase == Phase.ENDED) {
            return FrameVerdict.DROPPED;
        }
        establish(nowNanos);
        FrameVerdict verdict =
                switch (protocol) {
                    case PppProtocol.LCP -> receiveLcp(packet, nowNanos);
                    default ->
                            PppProtocol.isLogin(protocol)
                                    ? receiveLogin(protocol, packet, nowNanos)
                                    : receiveNetwork(protocol, packet, nowNanos);
                };
        drain(nowNanos);
        return verdict;
    }

    private FrameVerdict receiveLcp(ControlPacket packet, long nowNanos) {
        if (packet.code() == Code.TERMINATE_REQUEST && end == null) {
            end = lcp.isOpened() ? endByPeer(packet) : login.wrongMethod().orElse(null);
        }
        if (packet.code() == Code.PROTOCOL_REJECT && lcp.isOpened()) {
            receiveProtocolReject(packet, nowNanos);
            return FrameVerdict.CONSUMED;
        }
        return lcp.receive(packet, nowNanos);
    }

    private LinkEnd endByPeer(ControlPacket terminateRequest) {
        String said = LcpPackets.terminateReason(terminateRequest);
        String reason = network == null ? said : network.reasonOfPeer(said);
        return new LinkEnd(Cause.PEER_TERMINATED, reason);
    }

    private void receiveProtocolReject(ControlPacket packet, long nowNanos) {
        int protocol = LcpPackets.rejectedProtocol(packet);
        if (protocol == PppProtocol.LCP) {
            lcp.protocolRejected(nowNanos);
        } else if (phase == Phase.AUTHENTICATE && login.speaks(protocol)) {
            String detail = "the peer rejects the protocol of the login it agreed to";
            close(new LinkEnd(Cause.AUTHENTICATION_FAILED, detail), nowNanos);
        } else if (network != null) {
            network.protocolRejected(protocol, nowNanos);
        }
    }

    private FrameVerdict receiveLogin(int protocol, ControlPacket packet, long nowNanos) {
        if (phase != Phase.AUTHENTICATE && phase != Phase.NETWORK) {
            return FrameVerdict.DROPPED;
        }
        if (!login.speaks(protocol)) {
            return rejectProtocol(protocol, packet.encode(), nowNanos);
        }
        login.receive(packet, nowNanos);
        return FrameVerdict.CONSUMED;
    }

    private FrameVerdict receiveNetwork(int protocol, ControlPacket packet, long nowNanos) {
        if (phase == Phase.AUTHENTICATE && PppProtocol.isNetworkPhase(protocol)) {
            login.onNetworkPacket();
            drainLogin(nowNanos);
        }
        if (phase == Phase.NETWORK
                && network != null
                && network.receive(protocol, packet, nowNanos)) {
            return FrameVerdict.CONSUMED;
        }
        return rejectProtocol(protocol, packet.encode(), nowNanos);
    }

    /** Takes a frame whose protocol has no control packets we know of. */
    FrameVerdict receiveUnknown(int protocol, ByteBuffer frame, long nowNanos) {
        establish(nowNanos);
        byte[] information = new byte[Math.min(frame.remaining(), LcpOptions.DEFAULT_MRU_BYTES)];
        frame.get(frame.position(), information);
        FrameVerdict verdict = rejectProtocol(protocol, information, nowNanos);
        drain(nowNanos);
        return verdict;
    }

    private FrameVerdict rejectProtocol(int protocol, byte[] information, long nowNanos) {
        return lcp.rejectProtocol(protocol, information, phase == Phase.NETWORK, nowNanos);
    }

    private void drain(long nowNanos) {
        drainLcp(nowNanos);
        drainLogin(nowNanos);
        Optional<LinkEnd> obstacle = network == null ? Optional.empty() : network.obstacle();
        if (obstacle.isPresent() && phase == Phase.NETWORK) {
            close(obstacle.get(), nowNanos);
        }
        if (ipv4() != null || carriesIpv6()) {
            setup.unlimit();
            login.onNetworkUp();
        }
    }

    private void drainLcp(long nowNanos) {
        for (LayerAction action = lcp.pollAction(); action != null; action = lcp.pollAction()) {
            switch (action) {
                case LayerAction.Send(ControlPacket packet) -> lcp.send(packet);
                case LayerAction.Up _ -> onLcpUp(nowNanos);
                case LayerAction.Down _ -> onLcpDown(nowNanos);
                case LayerAction.Finished _ -> finish();
                case LayerAction.Unacceptable(String reason) ->
                        close(login.disagreement(lcpOptions, reason), nowNanos);
            }
        }
    }

    private void onLcpUp(long nowNanos) {
        if (++timesEstablished > 1 + MAX_RENEGOTIATIONS) {
            close(new LinkEnd(Cause.NEGOTIATION_FAILED, "LCP renegotiated too often"), nowNanos);
            return;
        }
        lcp.startEcho(nowNanos);
        phase = Phase.AUTHENTICATE;
        login.start(nowNanos);
    }

    /** The peer terminates, or renegotiates and has to log in again. */
    private void onLcpDown(long nowNanos) {
        lcp.stopEcho();
        leaveNetwork(nowNanos);
        if (phase != Phase.ENDED) {
            phase = end == null ? Phase.ESTABLISH : Phase.TERMINATE;
        }
        if (phase == Phase.ESTABLISH) {
            setup.limit(login.timeoutMillis(), nowNanos);
        }
    }

    private void leaveNetwork(long nowNanos) {
        login.stop();
        if (network != null) {
            network.stop(nowNanos);
            network = null;
        }
        encryption.forgetKeys();
    }

    private void finish() {
        if (phase == Phase.ENDED) {
            return;
        }
        phase = Phase.ENDED;
        setup.end();
        lcp.stopEcho();
        if (end == null) {
            end = new LinkEnd(Cause.NO_ANSWER, "no answer to LCP requests");
        }
        outbox.add(new LinkAction.Finished(end));
    }

    private void drainLogin(long nowNanos) {
        switch (login.drain(lcpOptions.peerMruBytes())) {
            case Login.Outcome.Undecided _ -> {}
            case Login.Outcome.Passed _ -> onLoginPassed(nowNanos);
            case Login.Outcome.Failed(LinkEnd reason) -> close(reason, nowNanos);
        }
    }

    /** A server that lets its client log in again in mid-session changes no phase. */
    private void onLoginPassed(long nowNanos) {
        if (phase == Phase.AUTHENTICATE) {
            if (login instanceof ClientLogin) {
                network = networkPhase(configuration.network().asClient());
            }
            enterNetwork(nowNanos);
        }
    }

    private void enterNetwork(long nowNanos) {
        phase = Phase.NETWORK;
        if (network != null) {
            network.start(nowNanos);
        }
    }
}
