package dev.pptpd.bench.server;

import dev.pptpd.address.Ipv4Endpoint;
import dev.pptpd.control.CallEnd;
import dev.pptpd.control.CallFailure;
import dev.pptpd.control.CallTerms;
import dev.pptpd.control.ControlCloseReason;
import dev.pptpd.control.ControlConnectionSettings;
import dev.pptpd.control.OutgoingCallRequest;
import dev.pptpd.linux.TunDevice;
import dev.pptpd.mppe.MppeMode;
import dev.pptpd.net.ConnectFailure;
import dev.pptpd.net.ControlChannel;
import dev.pptpd.net.ControlClient;
import dev.pptpd.net.ControlServerSettings;
import dev.pptpd.net.PlacedCallHandler;
import dev.pptpd.ppp.ccp.MppePolicy;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import dev.pptpd.ppp.ipcp.Ipv4Assignment;
import dev.pptpd.ppp.link.LinkConfiguration;
import dev.pptpd.session.CloseReason;
import dev.pptpd.session.InnerSources;
import dev.pptpd.session.SessionStart;
import dev.pptpd.session.SessionWorker;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One client: control connection, call and session. Its connection is told on the event loop, its
 * session on the worker's thread.
 */
final class Member implements PlacedCallHandler {
    private final int callId;
    private final Ipv4Address server;
    private final LinkConfiguration link;
    private final SessionWorker worker;
    private final FleetEvents events;

    private @Nullable ControlChannel channel;
    private volatile @Nullable Ipv4Assignment assignment;
    private boolean failed;
    private boolean told;

    /**
     * @param callId ours, 1..65535
     */
    Member(
            int callId,
            Ipv4Address server,
            LinkConfiguration link,
            SessionWorker worker,
            FleetEvents events) {
        this.callId = callId;
        this.server = server;
        this.link = link;
        this.worker = worker;
        this.events = events;
    }

    int callId() {
        return callId;
    }

    /** The addresses of both ends of the tunnel. */
    Ipv4Assignment assignment() {
        Ipv4Assignment own = assignment;
        if (own == null) {
            throw new IllegalStateException("call " + callId + " is not up");
        }
        return own;
    }

    /** Lets packets go to and from a device. */
    void attach(TunDevice device) {
        worker.attach(callId, assignment(), InnerSources.any(), device);
    }

    /** Calls the server, from that address. */
    void call(ControlClient control, Ipv4Address local) {
        control.connect(
                Ipv4Endpoint.of(server, ControlServerSettings.PPTP_PORT),
                Optional.of(Ipv4Endpoint.of(local, 0)),
                ControlConnectionSettings.DEFAULTS,
                this);
    }

    @Override
    public void onConnectFailed(ConnectFailure failure, long nowNanos) {
        fail("TCP: " + failure.detail());
    }

    @Override
    public void onConnected(ControlChannel opened, long nowNanos) {
        channel = opened;
    }

    @Override
    public void onStarted(ControlChannel opened, long nowNanos) {
        opened.placeCall(
                OutgoingCallRequest.of(
                        callId,
                        callId,
                        ControlConnectionSettings.DEFAULTS.packetReceiveWindowSize()));
    }

    @Override
    public void onCallConnected(int call, int peerCallId, CallTerms terms, long nowNanos) {
        ControlChannel open = channel;
        if (open == null) {
            fail("no connection");
            return;
        }
        worker.open(
                new SessionStart(
                        String.valueOf(callId),
                        callId,
                        peerCallId,
                        terms.packetReceiveWindowSize(),
                        server,
                        Ipv4Address.of(open.localAddress().getAddress().getAddress()),
                        link));
    }

    @Override
    public void onCallFailed(int call, CallFailure failure, long nowNanos) {
        fail("call: " + failure);
    }

    @Override
    public void onCallEnded(int call, CallEnd end, String detail, long nowNanos) {
        switch (end) {
            case CLEARED_BY_PEER, DISCONNECTED_BY_PEER, STOPPED_BY_PEER -> tell();
            case DISCONNECTED,
                    STOPPED,
                    TRANSPORT_CLOSED,
                    WITHDRAWN,
                    PEER_SILENT,
                    PROTOCOL_ERROR -> {}
        }
        worker.drop(callId, CloseReason.of(CloseReason.Kind.PEER_CLEARED_CALL));
    }

    private void tell() {
        if (!told) {
            told = true;
            events.onTold();
        }
    }

    @Override
    public void onClosed(ControlCloseReason reason, String detail, long nowNanos) {
        if (assignment == null) {
            fail("connection closed: " + reason);
        }
    }

    /** The network is up, for the first time or again. */
    void onUp(Ipv4Assignment agreed, Optional<MppeMode> encryption) {
        boolean isFirst = assignment == null;
        assignment = agreed;
        if (isFirst && encryption.isPresent() == wantsEncryption()) {
            events.onMemberUp();
        } else if (isFirst) {
            fail(encryption.isPresent() ? "encrypted" : "not encrypted");
        }
    }

    private boolean wantsEncryption() {
        return link.mppe().policy() == MppePolicy.REQUIRE;
    }

    /** The worker has let go of the session. */
    void onSessionEnded(CloseReason reason) {
        if (assignment == null) {
            fail("session: " + reason);
        }
    }

    private synchronized void fail(String reason) {
        if (!failed) {
            failed = true;
            events.onFailed(reason);
        }
    }
}
