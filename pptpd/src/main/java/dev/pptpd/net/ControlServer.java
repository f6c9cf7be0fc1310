package dev.pptpd.net;

import dev.pptpd.control.StopControlConnectionReason;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.timeout.WriteTimeoutHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
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

    /** Ten times the longest message of a client, and few enough replies to be sent together. */
    private static final int READ_OCTETS = 2048;

    /** Small, since a control connection moves little: what a peer can make the kernel hold. */
    private static final int KERNEL_SEND_OCTETS = 32 * 1024;

    /** How long a peer may leave our octets unread, once the kernel's buffer is full. */
    private static final int WRITE_TIMEOUT_SECONDS = 20;

    static {
        // Netty would look at every interface of the host, of which there may be a thousand, to
        // give
        // channels an id that nobody here looks at.
        System.setProperty("io.netty.machineId", "00:00:00:00:00:01");
    }

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
        this.group =
                new MultiThreadIoEventLoopGroup(
                        1, new DefaultThreadFactory("control"), NioIoHandler.newFactory());
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
        int outputOctets = settings.limits().outputOctets();
        return new ServerBootstrap()
                .group(group)
                .channelFactory(ControlServer::newListener)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.SO_SNDBUF, KERNEL_SEND_OCTETS)
                .childOption(
                        ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_OCTETS))
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(outputOctets / 2, outputOctets))
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
        var halfOpen = new HalfOpen(peer.getAddress());
        var handler =
                new ControlChannelHandler(
                        channel, settings.connection(), calls, counters, halfOpen::end);
        connections.add(handler);
        channel.pipeline().addLast(new WriteTimeoutHandler(WRITE_TIMEOUT_SECONDS), handler);
        channel.closeFuture().addListener(_ -> onGone(handler, halfOpen));
    }

    private void onGone(ControlChannelHandler handler, HalfOpen halfOpen) {
        halfOpen.end();
        counters.countGone();
        connections.remove(handler);
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
