package dev.pptpd.dataplane;

import dev.pptpd.gre.linux.Epoll;
import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.gre.linux.RawSocket;
import dev.pptpd.gre.linux.ReceiveBatch;
import dev.pptpd.gre.linux.SendBatch;
import dev.pptpd.gre.linux.SocketFilter;
import dev.pptpd.linux.EventFd;
import dev.pptpd.relay.Route;
import dev.pptpd.relay.RouteTable;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes GRE packets of relayed calls on, on a thread of its own: one system call receives a batch,
 * one sends it. Nothing is allocated for a packet, and nothing waits.
 */
public final class RelayWorker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RelayWorker.class);

    private static final long SOCKET_TOKEN = -1;
    private static final long WAKE_UP_TOKEN = -2;
    private static final long FOR_EVER = -1;

    /** Bursts of many tunnels at once, at 2 KiB a packet and the kernel's overhead. */
    private static final int SOCKET_BUFFER_BYTES = 4 << 20;

    private final RouteTable routes;
    private final Epoll epoll;
    private final EventFd wakeUp;
    private final RawSocket socket;
    private final ReceiveBatch received = new ReceiveBatch();
    private final SendBatch sending = new SendBatch();
    private final Thread thread;
    private volatile boolean running = true;

    private RelayWorker(RouteTable routes) throws ErrnoException {
        this.routes = routes;
        // Everywhere: clients and the server come in at different addresses of this host.
        this.socket =
                RawSocket.open(
                        RawSocket.ANY_ADDRESS, SocketFilter.forWorker(0, 1), SOCKET_BUFFER_BYTES);
        this.epoll = Epoll.create();
        this.wakeUp = EventFd.open();
        epoll.add(socket.fd(), SOCKET_TOKEN);
        epoll.add(wakeUp.fd(), WAKE_UP_TOKEN);
        this.thread = Thread.ofPlatform().name("relay").unstarted(this::run);
    }

    /**
     * Opens the raw socket. The thread runs after {@link #start}.
     *
     * @throws ErrnoException EPERM without CAP_NET_RAW
     */
    public static RelayWorker open(RouteTable routes) throws ErrnoException {
        return new RelayWorker(routes);
    }

    /** Starts the thread; {@code onDeath} hears of a mistake that ends it. */
    public void start(Thread.UncaughtExceptionHandler onDeath) {
        thread.setUncaughtExceptionHandler(onDeath);
        thread.start();
    }

    /** Ends the thread and closes the socket. For another thread. */
    @Override
    public void close() {
        running = false;
        wakeUp.signal();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!thread.isAlive()) {
            LOG.debug(
                    "event=relay-worker-closed received=\"{}\" sent=\"{}\" malformed={}"
                            + " unknown-call-ids={} wrong-addresses={}",
                    received.counters(),
                    sending.counters(),
                    routes.malformed(),
                    routes.unknownCallIds(),
                    routes.wrongAddresses());
            socket.close();
            epoll.close();
            wakeUp.close();
        }
    }

    private void run() {
        try {
            while (running) {
                int ready = epoll.await(FOR_EVER);
                for (int index = 0; index < ready; index++) {
                    if (epoll.token(index) == SOCKET_TOKEN) {
                        passOn();
                    } else {
                        wakeUp.drain();
                    }
                }
            }
        } catch (ErrnoException e) {
            throw new IllegalStateException("the event loop of the relay failed", e);
        }
    }

    /** All that one receive brings fits one send. */
    private void passOn() {
        int count = socket.receive(received);
        for (int index = 0; index < count; index++) {
            ByteBuffer packet = received.packet(index);
            Optional<Route> route = routes.rewrite(packet, received.source(index));
            if (route.isPresent()) {
                add(packet, route.get());
            }
        }
        if (!sending.isEmpty()) {
            socket.send(sending);
        }
    }

    private void add(ByteBuffer packet, Route route) {
        ByteBuffer slot = sending.slot();
        int start = slot.position();
        slot.put(packet);
        slot.limit(slot.position()).position(start);
        sending.add(route.destinationAddress(), route.localAddress());
    }
}
