package dev.pptpd.dataplane;

import dev.pptpd.gre.linux.Epoll;
import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.gre.linux.RawSocket;
import dev.pptpd.gre.linux.SocketFilter;
import dev.pptpd.linux.EventFd;
import dev.pptpd.linux.PacketDevice;
import dev.pptpd.mppe.MppeEngine;
import dev.pptpd.mppe.MppeWarmUp;
import dev.pptpd.session.SessionEvents;
import dev.pptpd.session.StrayPackets;
import java.security.SecureRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One event loop of the data plane, on a thread of its own: waits for the raw socket, the TUN
 * devices, deadlines and commands, and gives each its turn. Commands come through {@link
 * WorkerProxy}, what happened leaves through {@link SessionEvents}.
 */
public final class Worker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    /** Tokens of the epoll set; a device has the call id of its session. */
    private static final long SOCKET_TOKEN = -1;

    private static final long WAKE_UP_TOKEN = -2;

    /** A burst of a whole reorder window of one fast peer, at 2 KiB and the kernel's overhead. */
    private static final int SOCKET_BUFFER_BYTES = 4 << 20;

    /** More commands than sessions can come up in a second. */
    private static final int QUEUE_CAPACITY = 8_192;

    /** Commands done before packets have their turn: a crowd that logs in stops nobody's data. */
    private static final int COMMAND_BUDGET = 256;

    /** Batches taken from the socket before the devices have their turn. */
    private static final int RECEIVE_BUDGET = 8;

    /** The host has just started a server, and may have more to do than that. */
    private static final long WARM_UP_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Epoll epoll;
    private final EventFd wakeUp;
    private final RawSocket socket;
    private final MppeEngine engine = MppeKernel.newEngine();
    private final Sessions sessions;
    private final BlockingQueue<Command> commands = new ArrayBlockingQueue<>(QUEUE_CAPACITY);
    private final Thread thread;
    private @Nullable MppeWarmUp warmUp;
    private boolean running = true;

    /** Something to do on the worker's thread. Must not throw: that would end the worker. */
    interface Command {
        /** Runs it. */
        void run(Sessions sessions, long nowNanos);
    }

    private record EpollWatch(Epoll epoll) implements DeviceWatch {
        @Override
        public void add(PacketDevice device, int callId) throws ErrnoException {
            epoll.add(device.fd(), callId);
        }

        @Override
        public void remove(PacketDevice device) throws ErrnoException {
            epoll.remove(device.fd());
        }
    }

    private Worker(
            WorkerSettings settings,
            SessionEvents events,
            StrayPackets strays,
            BroadcastInlet broadcasts)
            throws ErrnoException {
        this.socket =
                RawSocket.open(
                        settings.listen().value(),
                        SocketFilter.forWorker(settings.index(), settings.workers()),
                        SOCKET_BUFFER_BYTES);
        this.epoll = Epoll.create();
        this.wakeUp = EventFd.open();
        epoll.add(socket.fd(), SOCKET_TOKEN);
        epoll.add(wakeUp.fd(), WAKE_UP_TOKEN);
        this.sessions =
                new Sessions(
                        settings.gre(),
                        new SessionSurroundings(
                                socket::receive,
                                socket::send,
                                new EpollWatch(epoll),
                                events,
                                strays,
                                broadcasts,
                                engine,
                                new SecureRandom()));
        this.thread = Thread.ofPlatform().name("worker-" + settings.index()).unstarted(this::run);
    }

    /**
     * Opens the raw socket. The thread runs after {@link #start}.
     *
     * @param strays of all workers
     * @param broadcasts where those that come out of tunnels go
     * @throws ErrnoException EPERM without CAP_NET_RAW
     */
    public static Worker open(
            WorkerSettings settings,
            SessionEvents events,
            StrayPackets strays,
            BroadcastInlet broadcasts)
            throws ErrnoException {
        return new Worker(settings, events, strays, broadcasts);
    }

    /** Starts the thread; {@code onDeath} hears of a mistake that ends it. */
    public void start(Thread.UncaughtExceptionHandler onDeath) {
        thread.setUncaughtExceptionHandler(onDeath);
        thread.start();
    }

    /**
     * Has the packet cipher compiled before a packet needs it: whenever there is nothing else to
     * do, and so that a packet waits for a few milliseconds at most.
     */
    public void warmUp() {
        submit((_, _) -> warmUp = new MppeWarmUp(engine));
    }

    /** The way in for other threads. */
    public WorkerProxy proxy() {
        return new WorkerProxy(this);
    }

    /** Ends the thread and closes the socket; sessions are not told. For another thread. */
    @Override
    public void close() {
        submit((_, _) -> running = false);
        try {
            thread.join(TimeUnit.SECONDS.toMillis(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!thread.isAlive()) {
            LOG.debug("event=worker-closed worker={} {}", thread.getName(), sessions.counters());
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

    /**
     * One turn for everybody who has something: each up to a budget, and the kernel, which reports
     * what is left over again, puts those it reported behind those it did not.
     */
    private void turn() throws ErrnoException {
        int ready = epoll.await(nanosToWait());
        long nowNanos = System.nanoTime();
        for (int index = 0; index < ready; index++) {
            long token = epoll.token(index);
            if (token == SOCKET_TOKEN) {
                receive(nowNanos);
            } else if (token == WAKE_UP_TOKEN) {
                runCommands(nowNanos);
            } else {
                sessions.transmit((int) token, nowNanos);
            }
        }
        sessions.expire(nowNanos);
        sessions.flush(nowNanos);
        if (ready == 0) {
            warmUpFurther();
        }
    }

    private long nanosToWait() {
        long deadline = sessions.untilNextDeadline(System.nanoTime());
        if (warmUp == null) {
            return deadline;
        }
        long pause = warmUp.hasBegun() ? 0 : WARM_UP_DELAY_NANOS;
        return deadline < 0 ? pause : Math.min(deadline, pause);
    }

    private void warmUpFurther() {
        if (warmUp == null) {
            return;
        }
        try {
            warmUp.round();
            if (warmUp.isDone()) {
                warmUp = null;
                LOG.debug("event=cipher-ready worker={}", thread.getName());
            }
        } catch (RuntimeException mistake) {
            warmUp = null;
            LOG.error("event=internal-error worker={}", thread.getName(), mistake);
        }
    }

    private void receive(long nowNanos) {
        for (int round = 0; round < RECEIVE_BUDGET; round++) {
            if (!sessions.receiver().receive(nowNanos)) {
                return;
            }
        }
    }

    private void runCommands(long nowNanos) {
        wakeUp.drain();
        for (int count = 0; count < COMMAND_BUDGET; count++) {
            Command command = commands.poll();
            if (command == null) {
                return;
            }
            command.run(sessions, nowNanos);
        }
        wakeUp.signal();
    }
}
