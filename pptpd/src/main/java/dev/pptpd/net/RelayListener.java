package dev.pptpd.net;

import dev.pptpd.call.CallIdAllocator;
import dev.pptpd.relay.RouteTable;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.spi.SelectorProvider;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Listens for control connections and relays each to the server, all on one event loop. Methods are
 * for any thread.
 */
// Closing is watched through the future of close().
@SuppressWarnings("FutureReturnValueIgnored")
public final class RelayListener {
    /** Connections that wait in the kernel while the loop is busy with others. */
    private static final int BACKLOG = 1024;

    private final RelayListenerSettings settings;
    private final RelayTarget target;
    private final RouteTable routes;
    private final CallIdAllocator ids;
    private final ConnectionAdmission admission;
    private final EventLoopGroup group;
    private final Channel listener;

    /** Event loop only, as are the next three. */
    private final Set<RelayedChannels> connections = new HashSet<>();

    private long lastRelay;
    private boolean full;
    private boolean closing;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

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
        this.group = ControlTransport.newEventLoop("control");
        this.listener = listen();
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
        return (InetSocketAddress) listener.localAddress();
    }

    /**
     * Listens no more and asks both ends of all connections for the end, which is awaited for 3 s.
     *
     * @return done when the last connection and the event loop are gone; the same each time
     */
    public CompletableFuture<Void> close() {
        if (!group.isShuttingDown()) {
            group.execute(this::beginClose);
        }
        return closed.copy();
    }

    private void beginClose() {
        if (closing) {
            return;
        }
        closing = true;
        listener.close();
        List.copyOf(connections).forEach(RelayedChannels::stop);
        finishCloseIfIdle();
    }

    private void finishCloseIfIdle() {
        if (closing && connections.isEmpty()) {
            shutDownGroup().addListener(_ -> closed.complete(null));
        }
    }

    private Channel listen() throws ListenException {
        var bound = bootstrap().bind(settings.listenAddress()).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            shutDownGroup();
            throw ListenException.of(settings.listenAddress(), bound.cause());
        }
        return bound.channel();
    }

    private io.netty.util.concurrent.Future<?> shutDownGroup() {
        return group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    private ServerBootstrap bootstrap() {
        return new ServerBootstrap()
                .group(group)
                .channelFactory(RelayListener::newListener)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childHandler(
                        new ChannelInitializer<SocketChannel>() {
                            @Override
                            protected void initChannel(SocketChannel channel) {
                                onAccepted(channel);
                            }
                        });
    }

    /** IPv4 only: enhanced GRE is spoken over IPv4. */
    private static NioServerSocketChannel newListener() {
        return new NioServerSocketChannel(SelectorProvider.provider(), SocketProtocolFamily.INET);
    }

    private void onAccepted(SocketChannel channel) {
        var peer = channel.remoteAddress();
        if (peer == null
                || closing
                || isFull()
                || !admission.admit(peer.getAddress(), System.nanoTime())) {
            // A reset, so that a flood leaves nothing behind on this side.
            channel.config().setSoLinger(0);
            channel.close();
            return;
        }
        var halfOpen = new HalfOpen(peer.getAddress());
        channel.closeFuture().addListener(_ -> halfOpen.end());
        RelayConnector.configure(channel, settings.limits().outputOctets());
        var connection =
                new RelayedChannels(
                        ++lastRelay,
                        channel,
                        new RelayedChannels.Surroundings(
                                settings, target, routes, ids, halfOpen::end, this::onOver));
        connections.add(connection);
        connection.begin();
    }

    /** Told once each time it becomes so. */
    private boolean isFull() {
        boolean was = full;
        full = connections.size() >= settings.maximumConnections();
        if (full && !was) {
            RelayLog.full(connections.size());
        }
        return full;
    }

    private void onOver(RelayedChannels connection) {
        connections.remove(connection);
        finishCloseIfIdle();
    }

    /** The place of one connection among the half-open ones, given back once. */
    private final class HalfOpen {
        private final InetAddress address;
        private boolean ended;

        HalfOpen(InetAddress address) {
            this.address = address;
        }

        void end() {
            if (!ended) {
                ended = true;
                admission.release(address);
            }
        }
    }
}
