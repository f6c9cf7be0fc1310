package dev.pptpd.net;

import dev.pptpd.control.ControlCloseReason;
import dev.pptpd.control.ControlEnd;
import dev.pptpd.control.StopControlConnectionReason;
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
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Listens for control connections and runs each on one event loop, whose thread is the home of all
 * control state of the process. Methods are for any thread.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-2 RFC 2637 section 2
 */
// Closing is watched through the channel's close future and the future of close().
@SuppressWarnings("FutureReturnValueIgnored")
public final class ControlServer {
    /** Connections that wait in the kernel while the loop is busy with others. */
    private static final int BACKLOG = 1024;

    private final ControlServerSettings settings;
    private final CallHandler calls;
    private final ConnectionAdmission admission;
    private final ControlServerCounters counters = new ControlServerCounters();
    private final EventLoopGroup group;
    private final Channel listener;

    /** Event loop only, as is {@link #closing}. */
    private final Set<ControlChannelHandler> connections = new HashSet<>();

    private boolean closing;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    private ControlServer(ControlServerSettings settings, CallHandler calls)
            throws ListenException {
        this.settings = settings;
        this.calls = calls;
        this.admission = new ConnectionAdmission(settings.limits());
        this.group = ControlTransport.newEventLoop("control");
        this.listener = listen();
    }

    /**
     * Listens; connections are served from here on.
     *
     * @throws ListenException if the address is taken, not of this host, or not permitted
     */
    public static ControlServer open(ControlServerSettings settings, CallHandler calls)
            throws ListenException {
        return new ControlServer(settings, calls);
    }

    /** Where it listens, with the port that was taken for port 0. */
    public InetSocketAddress localAddress() {
        return (InetSocketAddress) listener.localAddress();
    }

    /** What it has seen. */
    public ControlServerCounters counters() {
        return counters;
    }

    /**
     * Runs a task on the event loop, soon and in order.
     *
     * @throws java.util.concurrent.RejectedExecutionException once the server is closed
     */
    public void execute(Runnable task) {
        group.execute(task);
    }

    /**
     * Runs a task on the event loop after a delay, unless cancelled before.
     *
     * @throws java.util.concurrent.RejectedExecutionException once the server is closed
     */
    public Future<?> schedule(Runnable task, Duration delay) {
        return group.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * Listens no more and stops all connections: Call-Disconnect-Notify for each call, then
     * Stop-Control-Connection-Request, whose reply is awaited for 3 s.
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
        for (var connection : List.copyOf(connections)) {
            connection.stop(StopControlConnectionReason.LOCAL_SHUTDOWN);
        }
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
                .channelFactory(ControlServer::newListener)
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
        if (peer == null || closing || !admission.admit(peer.getAddress(), System.nanoTime())) {
            counters.countRefused();
            // A reset, so that a flood leaves nothing behind on this side.
            channel.config().setSoLinger(0);
            channel.close();
            return;
        }
        counters.countAccepted();
        ControlTransport.configure(channel, settings.limits().outputOctets());
        var watcher = new AcceptedConnection(peer.getAddress());
        var handler =
                new ControlChannelHandler(
                        channel, ControlEnd.ACCEPTOR, settings.connection(), calls, watcher);
        connections.add(handler);
        ControlTransport.install(channel, handler);
        channel.closeFuture().addListener(_ -> onGone(handler, watcher));
    }

    private void onGone(ControlChannelHandler handler, AcceptedConnection connection) {
        connection.endHalfOpen();
        counters.countGone();
        connections.remove(handler);
        finishCloseIfIdle();
    }

    /** One connection and its place among the half-open ones, given back once. */
    private final class AcceptedConnection implements ConnectionWatcher {
        private final InetAddress address;
        private boolean halfOpen = true;

        AcceptedConnection(InetAddress address) {
            this.address = address;
        }

        void endHalfOpen() {
            if (halfOpen) {
                halfOpen = false;
                admission.release(address);
            }
        }

        @Override
        public void onConnected(ControlChannel channel, long nowNanos) {
            // It was counted when it was accepted.
        }

        @Override
        public void onStarted(ControlChannel channel, long nowNanos) {
            // Half open it remains until it has a call.
        }

        @Override
        public void onCallConnected() {
            endHalfOpen();
        }

        @Override
        public void onOverflow() {
            counters.countOverflowed();
        }

        @Override
        public void onClosed(ControlCloseReason reason, String detail, long nowNanos) {
            counters.countClosed(reason);
        }
    }
}
