package dev.pptpd.dataplane;

import dev.pptpd.gre.GreDemux;
import dev.pptpd.gre.GreTunnel;
import dev.pptpd.gre.HoldPool;
import dev.pptpd.gre.linux.Epoll;
import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.gre.linux.RawSocket;
import dev.pptpd.gre.linux.SocketFilter;
import dev.pptpd.linux.EventFd;
import dev.pptpd.linux.TunDevice;
import dev.pptpd.mppe.MppeEngine;
import dev.pptpd.mppe.ReferenceMppeEngine;
import dev.pptpd.ppp.ipcp.Ipv4Assignment;
import dev.pptpd.ppp.link.LinkAction;
import dev.pptpd.ppp.link.LinkEnd;
import dev.pptpd.ppp.link.PppLink;
import dev.pptpd.ppp.link.SendVerdict;
import dev.pptpd.session.CloseReason;
import dev.pptpd.session.CloseReason.Kind;
import dev.pptpd.session.Session;
import dev.pptpd.session.SessionEvents;
import dev.pptpd.session.SessionStart;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One event loop of the data plane, on a thread of its own: waits for the raw socket, the TUN
 * devices and commands, and owns every object of its sessions. Commands come through {@link
 * WorkerProxy}, what happened leaves through {@link SessionEvents}.
 */
public final class Worker implements Receiver.Owner, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    private static final int CALL_IDS = 1 << 16;

    /** Tokens of the epoll set; a device has the call id of its session. */
    private static final long SOCKET_TOKEN = -1;

    private static final long WAKE_UP_TOKEN = -2;

    /** A burst of a whole reorder window of one fast peer, at 2 KiB and the kernel's overhead. */
    private static final int SOCKET_BUFFER_BYTES = 4 << 20;

    /** Room to hold frames of a dozen tunnels that all miss one. */
    private static final int HOLD_SLOTS = 512;

    private static final int HOLD_SLOT_OCTETS = 2_048;

    /** More commands than sessions can come up in a second. */
    private static final int QUEUE_CAPACITY = 8_192;

    /** Batches taken from the socket before the devices have their turn. */
    private static final int RECEIVE_BUDGET = 8;

    /** Packets taken from one device before the next has its turn. */
    private static final int DEVICE_BUDGET = 64;

    /** How long an orderly end may take before it becomes a plain one. */
    private static final long TERMINATE_NANOS = TimeUnit.MILLISECONDS.toNanos(1_000);

    private final WorkerSettings settings;
    private final SessionEvents events;
    private final Epoll epoll;
    private final EventFd wakeUp;
    private final RawSocket socket;
    private final MppeEngine engine = new ReferenceMppeEngine();
    private final SecureRandom entropy = new SecureRandom();
    private final HoldPool holdPool =
            HoldPool.ofDirectMemory(HOLD_SLOTS, HOLD_SLOT_OCTETS, PppLink.HEADROOM_OCTETS);
    private final GreDemux<Session> demux = new GreDemux<>();
    private final @Nullable Session[] sessions = new Session[CALL_IDS];
    private final DeadlineHeap deadlines = new DeadlineHeap();
    private final Receiver receiver;
    private final OutgoingBatch outgoing;
    private final BlockingQueue<Command> commands = new ArrayBlockingQueue<>(QUEUE_CAPACITY);
    private final Thread thread;
    private boolean running = true;

    /** When to look again at something that should no longer be due. */
    private static final long STILL_DUE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** Something to do on the worker's thread. */
    interface Command {
        /** Runs it. */
        void run(Worker worker, long nowNanos);
    }

    private Worker(WorkerSettings settings, SessionEvents events) throws ErrnoException {
        this.settings = settings;
        this.events = events;
        this.socket =
                RawSocket.open(
                        settings.listen().value(),
                        SocketFilter.forWorker(settings.index(), settings.workers()),
                        SOCKET_BUFFER_BYTES);
        this.epoll = Epoll.create();
        this.wakeUp = EventFd.open();
        epoll.add(socket.fd(), SOCKET_TOKEN);
        epoll.add(wakeUp.fd(), WAKE_UP_TOKEN);
        this.receiver = new Receiver(socket, demux, engine, this);
        this.outgoing = new OutgoingBatch(socket, engine);
        this.thread = Thread.ofPlatform().name("worker-" + settings.index()).unstarted(this::run);
    }

    /**
     * Opens the raw socket. The thread runs after {@link #start}.
     *
     * @throws ErrnoException EPERM without CAP_NET_RAW
     */
    public static Worker open(WorkerSettings settings, SessionEvents events) throws ErrnoException {
        return new Worker(settings, events);
    }

    /** Starts the thread; {@code onDeath} hears of a mistake that ends it. */
    public void start(Thread.UncaughtExceptionHandler onDeath) {
        thread.setUncaughtExceptionHandler(onDeath);
        thread.start();
    }

    /** The way in for other threads. */
    public WorkerProxy proxy() {
        return new WorkerProxy(this);
    }

    /** The thread, for a measurement of what it allocates. */
    public Thread thread() {
        return thread;
    }

    /** Ends the thread and closes the socket; sessions are not told. For another thread. */
    @Override
    public void close() {
        submit((worker, _) -> worker.running = false);
        try {
            thread.join(TimeUnit.SECONDS.toMillis(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!thread.isAlive()) {
            socket.close();
            epoll.close();
            wakeUp.close();
        }
    }

    /** Queues a command; false when the queue is full. For any thread. */
    boolean submit(Command command) {
        boolean queued = commands.offer(command);
        wakeUp.signal();
        return queued;
    }

    private void run() {
        try {
            while (running) {
                turn();
            }
        } catch (ErrnoException e) {
            throw new IllegalStateException("the event loop of a worker failed", e);
        }
    }

    private void turn() throws ErrnoException {
        int ready = epoll.await(deadlines.untilNext(System.nanoTime()));
        long nowNanos = System.nanoTime();
        for (int index = 0; index < ready; index++) {
            long token = epoll.token(index);
            if (token == SOCKET_TOKEN) {
                receive(nowNanos);
            } else if (token == WAKE_UP_TOKEN) {
                runCommands(nowNanos);
            } else {
                transmit((int) token, nowNanos);
            }
        }
        expire(nowNanos);
        outgoing.flush(nowNanos);
    }

    private void receive(long nowNanos) {
        for (int round = 0; round < RECEIVE_BUDGET; round++) {
            if (!receiver.receive(nowNanos)) {
                return;
            }
        }
    }

    private void runCommands(long nowNanos) {
        wakeUp.drain();
        for (Command command = commands.poll(); command != null; command = commands.poll()) {
            command.run(this, nowNanos);
        }
    }

    private void transmit(int callId, long nowNanos) {
        Session session = sessions[callId];
        TunDevice device = session == null ? null : session.device();
        if (session == null || device == null) {
            return;
        }
        for (int packets = 0; packets < DEVICE_BUDGET; packets++) {
            ByteBuffer slot = outgoing.slot(nowNanos);
            int octets = device.read(slot);
            if (octets < 0) {
                session.closeFor(new CloseReason(Kind.DEVICE_FAILED, device.name() + " is gone"));
                end(session, nowNanos);
                return;
            }
            if (octets == 0) {
                return;
            }
            transmit(session, slot, octets);
        }
    }

    private void transmit(Session session, ByteBuffer packet, int octets) {
        if (packet.get(packet.position()) >> 4 != 4) {
            return;
        }
        SendVerdict verdict = session.link().prepare(packet);
        switch (verdict) {
            case DROPPED -> {}
            case READY -> {
                outgoing.addFrame(session);
                session.countOut(octets);
            }
            case ENCRYPT -> {
                outgoing.addToEncrypt(session);
                session.countOut(octets);
            }
        }
    }

    private void expire(long nowNanos) {
        for (int due = deadlines.due(nowNanos); due >= 0; due = deadlines.due(nowNanos)) {
            Session session = sessions[due];
            if (session == null) {
                deadlines.remove(due);
            } else if (session.killNanos() - nowNanos <= 0) {
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
            session.link().onTimeout(nowNanos);
            if (session.tunnel().isAcknowledgmentDue(nowNanos)) {
                ByteBuffer slot = outgoing.slot(nowNanos);
                session.tunnel().encapsulateAcknowledgment(slot);
                outgoing.addAcknowledgment(session);
            }
            onTouched(session, nowNanos);
            if (deadlines.due(nowNanos) == session.callId()) {
                deadlines.set(session.callId(), nowNanos + STILL_DUE_NANOS);
            }
        } catch (RuntimeException mistake) {
            onFailure(session, mistake, nowNanos);
        }
    }

    @Override
    public void onTouched(Session session, long nowNanos) {
        for (LinkAction action = session.link().pollAction();
                action != null;
                action = session.link().pollAction()) {
            perform(session, action, nowNanos);
        }
        if (sessions[session.callId()] == session) {
            deadlines.set(session.callId(), session.nextDeadlineNanos());
        }
    }

    @Override
    public void onFailure(Session session, RuntimeException mistake, long nowNanos) {
        LOG.error("event=internal-error call={}", session.callId(), mistake);
        session.closeFor(new CloseReason(Kind.INTERNAL_ERROR, mistake.toString()));
        end(session, nowNanos);
    }

    private void perform(Session session, LinkAction action, long nowNanos) {
        int callId = session.callId();
        switch (action) {
            case LinkAction.SendFrame send -> {
                ByteBuffer slot = outgoing.slot(nowNanos);
                slot.put(slot.position(), send.frame())
                        .limit(slot.position() + send.frame().length);
                outgoing.addFrame(session);
            }
            case LinkAction.Authenticate login ->
                    events.onLogin(callId, login.request(), session.link().peerMruBytes());
            case LinkAction.Admit _ ->
                    events.onAdmissionRequested(callId, session.link().peerMruBytes());
            case LinkAction.NetworkUp up -> events.onUp(callId, up.encryption());
            case LinkAction.NetworkDown _ -> {}
            case LinkAction.Identified identified -> events.onIdentified(callId, identified.text());
            case LinkAction.Finished _ -> end(session, nowNanos);
        }
    }

    /** Begins a session. */
    void open(SessionStart start, long nowNanos) {
        GreTunnel tunnel =
                new GreTunnel(start.callId(), start.peerCallId(), settings.gre(), holdPool);
        PppLink link = new PppLink(start.link(), engine, entropy);
        Session session = new Session(start, tunnel, link);
        sessions[start.callId()] = session;
        demux.register(start.callId(), start.peer().value(), session);
        link.start(nowNanos);
        onTouched(session, nowNanos);
    }

    /** The session of a call id; null when it has ended. */
    @Nullable Session session(int callId) {
        return sessions[callId];
    }

    /**
     * Lets packets go to and from the device. A link that starts over keeps the device it has.
     * False, and the session ended, when the device cannot be watched.
     */
    boolean attach(Session session, TunDevice device, Ipv4Assignment assignment, long nowNanos) {
        if (session.device() == device) {
            return true;
        }
        session.attach(device, assignment.peer());
        try {
            epoll.add(device.fd(), session.callId());
            return true;
        } catch (ErrnoException e) {
            session.closeFor(new CloseReason(Kind.DEVICE_FAILED, String.valueOf(e.getMessage())));
            end(session, nowNanos);
            return false;
        }
    }

    /** Ends a session by LCP, and by force when the peer does not answer. */
    void terminate(Session session, CloseReason reason, long nowNanos) {
        session.closeFor(reason);
        session.killAt(nowNanos + TERMINATE_NANOS);
        session.link().close(new LinkEnd(LinkEnd.Cause.LOCAL, reason.kind().word()), nowNanos);
        onTouched(session, nowNanos);
    }

    /** Ends a session now. */
    void end(Session session, long nowNanos) {
        int callId = session.callId();
        if (sessions[callId] != session) {
            return;
        }
        receiver.flush(nowNanos);
        outgoing.flush(nowNanos);
        sessions[callId] = null;
        demux.unregister(callId);
        deadlines.remove(callId);
        TunDevice device = session.device();
        if (device != null) {
            try {
                epoll.remove(device.fd());
            } catch (ErrnoException e) {
                LOG.debug("event=device-not-watched call={} detail=\"{}\"", callId, e.getMessage());
            }
        }
        session.link().wipe();
        session.tunnel().close();
        events.onEnded(callId, session.closeReason(), session.traffic());
    }
}
