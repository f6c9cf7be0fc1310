package dev.pptpd.dataplane;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.dhcp.DhcpInquiry;
import dev.pptpd.discovery.Ipv6Neighbor;
import dev.pptpd.discovery.RouterAdvertisement;
import dev.pptpd.gre.Deadline;
import dev.pptpd.gre.GreConfiguration;
import dev.pptpd.gre.GreDemux;
import dev.pptpd.gre.GreTunnel;
import dev.pptpd.gre.HoldPool;
import dev.pptpd.linux.PacketDevice;
import dev.pptpd.mppe.MppeEngine;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import dev.pptpd.ppp.ipv6cp.Ipv6Identifiers;
import dev.pptpd.ppp.link.LinkAction;
import dev.pptpd.ppp.link.LinkEnd;
import dev.pptpd.ppp.link.PppLink;
import dev.pptpd.session.CloseReason;
import dev.pptpd.session.CloseReason.Kind;
import dev.pptpd.session.InnerSources;
import dev.pptpd.session.Session;
import dev.pptpd.session.SessionEvents;
import dev.pptpd.session.SessionStart;
import dev.pptpd.session.SessionTraffic;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions of one worker and what they go through: they are opened, get a device, do what their
 * links want, expire and end. Whatever goes wrong in one of them ends that one. Only the worker's
 * thread comes here.
 */
final class Sessions implements SessionOwner {
    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    private static final int CALL_IDS = 1 << 16;

    /** Room to hold frames of a dozen tunnels that all miss one. */
    private static final int HOLD_SLOTS = 512;

    private static final int HOLD_SLOT_OCTETS = 2_048;

    /** How long an orderly end may take before it becomes a plain one. */
    private static final long TERMINATE_NANOS = TimeUnit.MILLISECONDS.toNanos(1_000);

    /** When to look again at something that should no longer be due. */
    private static final long STILL_DUE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final MppeEngine engine;
    private final HoldPool holdPool =
            HoldPool.ofDirectMemory(HOLD_SLOTS, HOLD_SLOT_OCTETS, PppLink.HEADROOM_OCTETS);
    private final GreDemux<Session> demux = new GreDemux<>();
    private final @Nullable Session[] sessions = new Session[CALL_IDS];
    private final DeadlineHeap deadlines = new DeadlineHeap();
    private final GreConfiguration gre;
    private final SessionDevices devices;
    private final SessionEvents events;
    private final RandomGenerator entropy;
    private final OutgoingBatch outgoing;
    private final Receiver receiver;
    private final Transmitter transmitter;

    /** Something to do with a session, and what its link wants then. */
    interface Command {
        /** Runs it. */
        void run(Session session, long nowNanos);
    }

    Sessions(GreConfiguration gre, SessionSurroundings surroundings) {
        this.gre = gre;
        this.engine = surroundings.engine();
        this.devices = new SessionDevices(surroundings.watch(), this);
        this.events = surroundings.events();
        this.entropy = surroundings.entropy();
        this.outgoing = new OutgoingBatch(surroundings.outlet(), engine, this);
        InnerDesk desk = new InnerDesk(outgoing, surroundings.broadcasts());
        this.transmitter = new Transmitter(outgoing, this, desk);
        this.receiver =
                new Receiver(
                        surroundings.inlet(),
                        demux,
                        engine,
                        outgoing,
                        this,
                        surroundings.strays(),
                        desk,
                        transmitter::send);
    }

    /** What was dropped that belongs to no session, or harmed none. */
    WorkerCounters counters() {
        return receiver.counters(
                outgoing.counters().failureCount(), transmitter.rateLimitedPackets());
    }

    /** Begins a session. */
    void open(SessionStart start, long nowNanos) {
        try {
            GreTunnel tunnel =
                    new GreTunnel(
                            start.callId(),
                            start.peerCallId(),
                            start.peerReceiveWindow(),
                            gre,
                            holdPool);
            PppLink link = new PppLink(start.link(), engine, entropy);
            Session session = new Session(start, tunnel, link);
            demux.register(start.callId(), start.peer().value(), session);
            sessions[start.callId()] = session;
            run(start.callId(), (opened, now) -> opened.link().start(now), nowNanos);
        } catch (RuntimeException mistake) {
            LOG.error("event=internal-error session={} peer={}", start.id(), start.peer(), mistake);
            tellEnded(
                    start.callId(),
                    new CloseReason(Kind.INTERNAL_ERROR, mistake.toString()),
                    SessionTraffic.NONE);
        }
    }

    /** Runs a command and then what the link wants; false when the session is no longer there. */
    boolean run(int callId, Command command, long nowNanos) {
        Session session = sessions[callId];
        if (session == null) {
            return false;
        }
        try {
            outgoing.flush(nowNanos);
            command.run(session, nowNanos);
            onTouched(session, nowNanos);
        } catch (RuntimeException mistake) {
            onFailure(session, mistake, nowNanos);
        }
        return true;
    }

    /**
     * Lets packets go to and from the device. A link that starts over keeps the device it has.
     * False, and the session ended, when the device cannot be watched.
     */
    boolean attach(Session session, PacketDevice device, InnerSources sources, long nowNanos) {
        if (device.equals(session.device())) {
            session.permit(sources);
            return true;
        }
        session.attach(device, sources);
        return devices.watch(session, device, nowNanos);
    }

    /** Ends a session by LCP, and by force when the peer does not answer. */
    void terminate(Session session, CloseReason reason, long nowNanos) {
        session.closeFor(reason);
        session.killAt(Deadline.after(nowNanos, TERMINATE_NANOS));
        session.link().close(new LinkEnd(LinkEnd.Cause.LOCAL, reason.kind().word()), nowNanos);
    }

    /** The way in for what comes from the raw socket. */
    Receiver receiver() {
        return receiver;
    }

    /** Takes what waits at the device of a call. */
    void transmit(int callId, long nowNanos) {
        Session session = sessions[callId];
        if (session != null) {
            transmitter.transmit(session, nowNanos);
        }
    }

    /**
     * Sends a broadcast into every tunnel but one. All call ids are looked through, which takes
     * some 50 microseconds: the relay sees to it that there are few broadcasts.
     */
    void spread(byte[] packet, int exceptCallId, long nowNanos) {
        for (Session session : sessions) {
            if (session != null && session.callId() != exceptCallId) {
                transmitter.sendBroadcast(session, packet, nowNanos);
            }
        }
    }

    /** Sends what was collected: the end of a turn. */
    void flush(long nowNanos) {
        outgoing.flush(nowNanos);
        transmitter.endTurn();
    }

    /** Nanoseconds until {@link #expire} has something to do: -1 when it never has. */
    long untilNextDeadline(long nowNanos) {
        return deadlines.untilNext(nowNanos);
    }

    /** Does what is due. */
    void expire(long nowNanos) {
        outgoing.flush(nowNanos);
        for (int due = deadlines.due(nowNanos); due >= 0; due = deadlines.due(nowNanos)) {
            Session session = sessions[due];
            if (session == null) {
                deadlines.remove(due);
            } else if (Deadline.isDue(session.killNanos(), nowNanos)) {
                end(session, nowNanos);
            } else {
                expire(session, nowNanos);
            }
        }
    }

    /** Does what is due, and looks again a little later if something still is: never in a loop. */
    private void expire(Session session, long nowNanos) {
        try {
            session.tunnel().onTimeout(nowNanos);
            receiver.drainHeld(session, nowNanos);
            receiver.flush(nowNanos);
            if (session.isEnded()) {
                return;
            }
            session.link().onTimeout(nowNanos);
            session.onTimeout(nowNanos);
            session.reachedLimit(nowNanos)
                    .ifPresent(reached -> terminate(session, reached, nowNanos));
            if (session.tunnel().isAcknowledgmentDue(nowNanos)) {
                ByteBuffer slot = outgoing.slot(nowNanos);
                session.tunnel().encapsulateAcknowledgment(slot);
                outgoing.addAcknowledgment(session);
            }
            onTouched(session, nowNanos);
            if (deadlines.due(nowNanos) == session.callId()) {
                deadlines.set(session.callId(), Deadline.after(nowNanos, STILL_DUE_NANOS));
            }
        } catch (RuntimeException mistake) {
            onFailure(session, mistake, nowNanos);
        }
    }

    @Override
    public void onWindowClosed(Session session, long nowNanos) {
        devices.pause(session);
        onTouched(session, nowNanos);
    }

    @Override
    public void onTouched(Session session, long nowNanos) {
        devices.resumeIfOpen(session, nowNanos);
        while (!session.isEnded()) {
            LinkAction action = session.link().pollAction();
            if (action == null) {
                drainOwn(session, nowNanos);
                deadlines.set(session.callId(), session.nextDeadlineNanos());
                return;
            }
            perform(session, action, nowNanos);
        }
    }

    private void perform(Session session, LinkAction action, long nowNanos) {
        int callId = session.callId();
        switch (action) {
            case LinkAction.SendFrame send -> send(session, send.frame(), nowNanos);
            case LinkAction.Authenticate login ->
                    events.onLogin(callId, login.request(), session.link().peerMruBytes());
            case LinkAction.Compute(Runnable task) -> events.onComputation(callId, task);
            case LinkAction.Admit _ ->
                    events.onAdmissionRequested(callId, session.link().peerMruBytes());
            case LinkAction.LoggedIn(String method) -> events.onLoggedIn(callId, method);
            case LinkAction.AskForAddress(Ipv4Address asked) ->
                    events.onAddressAsked(callId, asked);
            case LinkAction.NotGiven(String what, String detail) ->
                    events.onNotGiven(callId, what, detail);
            case LinkAction.Unencrypted(String bits) ->
                    LOG.warn(
                            "event=not-encrypted session={} peer={} detail=\"{}\"",
                            session.id(),
                            session.peer(),
                            bits);
            case LinkAction.NetworkUp up -> {
                session.startLimits(nowNanos);
                events.onUp(
                        callId, up.assignment(), up.encryption(), session.link().peerMruBytes());
            }
            case LinkAction.NetworkDown _ -> {}
            case LinkAction.Ipv6Up up -> onIpv6Up(session, up.identifiers(), nowNanos);
            case LinkAction.Ipv6Down _ -> onIpv6Down(session);
            case LinkAction.Identified identified -> events.onIdentified(callId, identified.text());
            case LinkAction.Finished _ -> end(session, nowNanos);
        }
    }

    /** A client may do without IPv4: then the limits of its session begin here. */
    private void onIpv6Up(Session session, Ipv6Identifiers identifiers, long nowNanos) {
        session.startLimits(nowNanos);
        Ipv6Neighbor neighbor = session.ipv6();
        if (neighbor != null) {
            neighbor.begin(identifiers, nowNanos);
            events.onIpv6Up(session.callId(), identifiers);
        }
    }

    private static void onIpv6Down(Session session) {
        Ipv6Neighbor neighbor = session.ipv6();
        if (neighbor != null) {
            neighbor.end();
        }
    }

    /**
     * What a session says of its own accord, and what it learnt. For every packet: a lambda that
     * captures something would be an object each time.
     */
    private void drainOwn(Session session, long nowNanos) {
        for (byte[] packet = session.pollPacket(); packet != null; packet = session.pollPacket()) {
            transmitter.sendUnasked(session, packet, nowNanos);
        }
        Ipv6Neighbor neighbor = session.ipv6();
        if (neighbor != null) {
            Optional<RouterAdvertisement> news = neighbor.takeNews();
            if (news.isPresent()) {
                events.onAdvertised(session.callId(), news.get());
            }
        }
        DhcpInquiry inquiry = session.inquiry();
        if (inquiry != null) {
            Optional<List<Ipv4Network>> told = inquiry.takeRoutes();
            if (told.isPresent()) {
                events.onRoutesTold(session.callId(), told.get());
            }
            if (inquiry.takeSilence()) {
                events.onNotGiven(
                        session.callId(), "routes", "the server does not answer DHCPINFORM");
            }
        }
    }

    private void send(Session session, byte[] frame, long nowNanos) {
        ByteBuffer slot = outgoing.slot(nowNanos);
        slot.put(slot.position(), frame).limit(slot.position() + frame.length);
        outgoing.addFrame(session);
        NegotiationLog.sent(session, frame);
    }

    @Override
    public void onFailure(Session session, RuntimeException mistake, long nowNanos) {
        if (session.isEnded()) {
            return;
        }
        LOG.error("event=internal-error session={} peer={}", session.id(), session.peer(), mistake);
        end(session, new CloseReason(Kind.INTERNAL_ERROR, mistake.toString()), nowNanos);
    }

    @Override
    public void end(Session session, CloseReason reason, long nowNanos) {
        session.closeFor(reason);
        end(session, nowNanos);
    }

    private void end(Session session, long nowNanos) {
        // What came in and what goes out still needs the keys.
        receiver.flush(nowNanos);
        outgoing.flush(nowNanos);
        receiver.flushDevice(session);
        if (session.isEnded()) {
            return;
        }
        session.end();
        int callId = session.callId();
        sessions[callId] = null;
        demux.unregister(callId);
        deadlines.remove(callId);
        devices.unwatch(session);
        session.link().wipe();
        session.tunnel().close();
        tellEnded(callId, session.closeReason(), session.traffic());
    }

    /** The last that can fail of a session, and nothing is left to end then. */
    private void tellEnded(int callId, CloseReason reason, SessionTraffic traffic) {
        try {
            events.onEnded(callId, reason, traffic);
        } catch (RuntimeException mistake) {
            LOG.error("event=internal-error call={}", callId, mistake);
        }
    }
}
