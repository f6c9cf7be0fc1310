package dev.pptpd.net;

import dev.pptpd.call.CallIdAllocator;
import dev.pptpd.relay.RouteTable;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;

/**
 * Listens for control connections and relays each to the server, all on one event loop. Methods are
 * for any thread.
 */
// Closing is watched through the channel's close future.
@SuppressWarnings("FutureReturnValueIgnored")
public final class RelayListener {
    private final RelayListenerSettings settings;
    private final RelayTarget target;
    private final RouteTable routes;
    private final CallIdAllocator ids;
    private final ConnectionAdmission admission;
    private final ConnectionLoop<RelayedChannels> loop = new ConnectionLoop<>("control");
    private final Listener listener;

    /** Event loop only, as is {@link #full}. */
    private long lastRelay;

    private boolean full;

    private RelayListener(
            RelayListenerSettings settings,
            RelayTarget target,
            RouteTable routes,
            CallIdAllocator ids)
            throws ListenException {
        this.settings = settings;
        this.target = target;
        this.routes = routes;
        this.ids = ids;
        this.admission = new ConnectionAdmission(settings.limits());
        this.listener = Listener.open(loop, settings.listenAddress(), this::onAccepted);
    }

    /**
     * Listens; connections are relayed from here on.
     *
     * @param routes written on the event loop only
     * @param ids used on the event loop only, of one worker
     * @throws ListenException if the address is taken, not of this host, or not permitted
     */
    public static RelayListener open(
            RelayListenerSettings settings,
            RelayTarget target,
            RouteTable routes,
            CallIdAllocator ids)
            throws ListenException {
        return new RelayListener(settings, target, routes, ids);
    }

    /** Where it listens, with the port that was taken for port 0. */
    public InetSocketAddress localAddress() {
        return listener.localAddress();
    }

    /**
     * Listens no more and asks both ends of all connections for the end, which is awaited for 3 s.
     *
     * @return done when the last connection and the event loop are gone; the same each time
     */
    public CompletableFuture<Void> close() {
        return loop.close(listener::close, RelayedChannels::stop);
    }

    private void onAccepted(SocketChannel channel) {
        var peer = channel.remoteAddress();
        if (peer == null
                || loop.isClosing()
                || isFull()
                || !admission.admit(peer.getAddress(), System.nanoTime())) {
            Listener.refuse(channel);
            return;
        }
        var halfOpen = new HalfOpenPlace(admission, peer.getAddress());
        channel.closeFuture().addListener(_ -> halfOpen.end());
        RelayConnector.configure(channel, settings.limits().outputOctets());
        var connection =
                new RelayedChannels(
                        ++lastRelay,
                        channel,
                        new RelayedChannels.Surroundings(
                                settings, target, routes, ids, halfOpen::end, loop::remove));
        loop.add(connection);
        connection.begin();
    }

    /** Told once each time it becomes so. */
    private boolean isFull() {
        boolean was = full;
        full = loop.size() >= settings.maximumConnections();
        if (full && !was) {
            RelayLog.full(loop.size());
        }
        return full;
    }
}
