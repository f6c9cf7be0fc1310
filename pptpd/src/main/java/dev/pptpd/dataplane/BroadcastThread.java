package dev.pptpd.dataplane;

import dev.pptpd.broadcast.Broadcast;
import dev.pptpd.broadcast.BroadcastRelay;
import dev.pptpd.broadcast.BroadcastVerdict;
import dev.pptpd.gre.linux.Epoll;
import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.inner.UdpPacket;
import dev.pptpd.linux.EventFd;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries broadcasts between a network device and the tunnels, on a thread of its own: workers hand
 * over what comes out of theirs, and are handed what goes into them. Needs CAP_NET_RAW.
 */
public final class BroadcastThread implements BroadcastInlet, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BroadcastThread.class);

    /** More than are relayed in a second unless somebody set a limit far above the usual. */
    private static final int QUEUE_CAPACITY = 256;

    /** The longest that an Ethernet card of jumbo frames delivers. */
    private static final int PACKET_OCTETS = 9_216;

    /** Packets taken from the device before those of tunnels have their turn. */
    private static final int RECEIVE_BUDGET = 64;

    /** How soon a changed address of the device, or a device that came back, is noticed. */
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final long WAKE_UP_TOKEN = -1;
    private static final int NOBODY = -1;

    /** Made by a worker, taken by this thread, compared by nobody. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Handed(int callId, byte[] packet) {}

    private final BroadcastNetwork network;
    private final BroadcastRelay relay;
    private final Epoll epoll;
    private final EventFd wakeUp;
    private final BlockingQueue<Handed> queue = new ArrayBlockingQueue<>(QUEUE_CAPACITY);
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(PACKET_OCTETS);
    private final Thread thread = Thread.ofPlatform().name("broadcasts").unstarted(this::run);
    private List<WorkerProxy> workers = List.of();
    private volatile boolean running = true;

    private BroadcastThread(String device, int perSecond) throws ErrnoException {
        this.epoll = Epoll.create();
        this.wakeUp = EventFd.open();
        this.relay = new BroadcastRelay(perSecond);
        epoll.add(wakeUp.fd(), WAKE_UP_TOKEN);
        this.network = new BroadcastNetwork(device, epoll);
        network.look();
    }

    /**
     * Opens the relay; the thread runs after {@link #start}.
     *
     * @param device the network's, in the namespace of the calling thread
     * @param perSecond how many packets pass in a second in each direction, at least 1
     */
    public static BroadcastThread open(String device, int perSecond) throws ErrnoException {
        return new BroadcastThread(device, perSecond);
    }

    /** Starts the thread. Should a mistake of ours end it, sessions go on without broadcasts. */
    public void start(List<WorkerProxy> tunnels) {
        workers = List.copyOf(tunnels);
        thread.setUncaughtExceptionHandler(
                (_, mistake) -> LOG.error("event=broadcast-relay-died", mistake));
        thread.start();
    }

    @Override
    public boolean wants(ByteBuffer packet) {
        return Broadcast.matches(packet, network.directed());
    }

    @Override
    public boolean offer(int callId, byte[] packet) {
        boolean queued = queue.offer(new Handed(callId, packet));
        wakeUp.signal();
        return queued;
    }

    private void run() {
        try {
            long lookedNanos = System.nanoTime();
            while (running) {
                epoll.await(LOOK_NANOS);
                wakeUp.drain();
                long nowNanos = System.nanoTime();
                if (nowNanos - lookedNanos >= LOOK_NANOS) {
                    lookedNanos = nowNanos;
                    network.look();
                }
                takeFromNetwork(nowNanos);
                takeFromTunnels(nowNanos);
            }
        } catch (ErrnoException e) {
            throw new IllegalStateException("the broadcast relay failed", e);
        }
    }

    private void takeFromNetwork(long nowNanos) {
        for (int count = 0; count < RECEIVE_BUDGET; count++) {
            if (network.receive(buffer.clear()) <= 0) {
                return;
            }
            if (relay.fromNetwork(buffer, network.directed(), nowNanos) == BroadcastVerdict.RELAY) {
                spread(copy(buffer), NOBODY);
            }
        }
    }

    private void takeFromTunnels(long nowNanos) {
        for (Handed next = queue.poll(); next != null; next = queue.poll()) {
            buffer.clear().put(next.packet()).flip();
            if (relay.fromTunnel(buffer, nowNanos) == BroadcastVerdict.RELAY) {
                spread(copy(buffer), next.callId());
                BroadcastRelay.towardsNetwork(buffer, network.directed());
                network.send(buffer, UdpPacket.destination(buffer));
            }
        }
    }

    private static byte[] copy(ByteBuffer packet) {
        byte[] octets = new byte[packet.remaining()];
        packet.get(packet.position(), octets);
        return octets;
    }

    /**
     * To all tunnels but the one that it came out of. A worker whose queue is full goes without.
     */
    private void spread(byte[] packet, int fromCallId) {
        for (WorkerProxy worker : workers) {
            worker.spread(packet, fromCallId);
        }
    }

    /** Ends the thread and closes the socket. For another thread. */
    @Override
    public void close() {
        running = false;
        wakeUp.signal();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!thread.isAlive()) {
            LOG.debug("event=broadcasts-closed {} lost={}", relay.counters(), network.lost());
            network.close();
            epoll.close();
            wakeUp.close();
        }
    }
}
