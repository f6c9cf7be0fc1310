package dev.pptpd.net;

import dev.pptpd.control.ControlCloseReason;
import dev.pptpd.control.ControlConnectionSettings;
import dev.pptpd.control.ControlEnd;
import dev.pptpd.control.StopControlConnectionReason;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.nio.channels.spi.SelectorProvider;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/**
 * Opens control connections to servers and runs each on one event loop of its own, whose thread is
 * the home of their state. As many connections as are wanted, one after another or at once. Methods
 * are for any thread.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-3.1.1 RFC 2637 section 3.1.1
 */
// Closing is watched through the channel's close future.
@SuppressWarnings("FutureReturnValueIgnored")
public final class ControlClient {
    /** Linux sends a SYN after 0, 1, 3 and 7 s: enough for a bad line. */
    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final Duration connectTimeout;

    /** Those under way and those open. */
    private final ConnectionLoop<PlacedConnection> loop = new ConnectionLoop<>("control-client");

    private ControlClient(Duration connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    /** A client that waits {@link #CONNECT_TIMEOUT} for TCP. */
    public static ControlClient open() {
        return open(CONNECT_TIMEOUT);
    }

    /** A client with another patience for the opening of TCP, 1 ms or more. */
    public static ControlClient open(Duration connectTimeout) {
        return new ControlClient(connectTimeout);
    }

    /**
     * Opens a connection; the handler hears what becomes of it, on the event loop.
     *
     * @param local the address of this host to call from, with port 0 for any
     * @throws java.util.concurrent.RejectedExecutionException once the client is closed
     */
    public void connect(
            InetSocketAddress server,
            Optional<InetSocketAddress> local,
            ControlConnectionSettings settings,
            PlacedCallHandler handler) {
        loop.execute(() -> new PlacedConnection(settings, handler).connect(server, local));
    }

    /**
     * Runs a task on the event loop, soon and in order.
     *
     * @throws java.util.concurrent.RejectedExecutionException once the client is closed
     */
    public void execute(Runnable task) {
        loop.execute(task);
    }

    /**
     * Runs a task on the event loop after a delay, unless cancelled before.
     *
     * @throws java.util.concurrent.RejectedExecutionException once the client is closed
     */
    public Future<?> schedule(Runnable task, Duration delay) {
        return loop.schedule(task, delay);
    }

    /**
     * Stops all connections: Call-Clear-Request for each call, then
     * Stop-Control-Connection-Request, whose reply is awaited for 3 s. Those that are being opened
     * are given up.
     *
     * @return done when the last connection and the event loop are gone; the same each time
     */
    public CompletableFuture<Void> close() {
        return loop.close(() -> {}, PlacedConnection::stop);
    }

    /** One connection, from the first SYN to the end. */
    private final class PlacedConnection implements ConnectionWatcher {
        private final ControlConnectionSettings settings;
        private final PlacedCallHandler handler;
        private Runnable stop = () -> {};

        PlacedConnection(ControlConnectionSettings settings, PlacedCallHandler handler) {
            this.settings = settings;
            this.handler = handler;
        }

        void connect(InetSocketAddress server, Optional<InetSocketAddress> local) {
            if (loop.isClosing()) {
                handler.onConnectFailed(
                        new ConnectFailure(ConnectFailure.Kind.OTHER, "the client is closed"),
                        System.nanoTime());
                return;
            }
            loop.add(this);
            ChannelFuture opened =
                    local.map(from -> bootstrap().connect(server, from))
                            .orElseGet(() -> bootstrap().connect(server));
            if (opened.isDone() && !opened.channel().isRegistered()) {
                // Without a socket, as when this process has too many open files, Netty's channel
                // has no event loop and never closes.
                onFailed(opened.cause());
                onGone();
                return;
            }
            stop = () -> opened.channel().close();
            opened.addListener(_ -> {
                if (!opened.isSuccess()) {
                    onFailed(opened.cause());
                }
            });
            opened.channel().closeFuture().addListener(_ -> onGone());
        }

        private Bootstrap bootstrap() {
            return new Bootstrap()
                    .group(loop.group())
                    .channelFactory(ControlClient::newChannel)
                    .option(
                            ChannelOption.CONNECT_TIMEOUT_MILLIS,
                            (int) Math.max(1, connectTimeout.toMillis()))
                    .handler(
                            new ChannelInitializer<SocketChannel>() {
                                @Override
                                protected void initChannel(SocketChannel channel) {
                                    channel.pipeline().addLast(new OnceConnected(channel));
                                }
                            });
        }

        private void onFailed(Throwable cause) {
            handler.onConnectFailed(ConnectFailure.of(cause), System.nanoTime());
        }

        private void onGone() {
            loop.remove(this);
        }

        void stop() {
            stop.run();
        }

        @Override
        public void onConnected(ControlChannel channel, long nowNanos) {
            stop = () -> channel.stop(StopControlConnectionReason.LOCAL_SHUTDOWN);
            handler.onConnected(channel, nowNanos);
        }

        @Override
        public void onStarted(ControlChannel channel, long nowNanos) {
            handler.onStarted(channel, nowNanos);
        }

        @Override
        public void onCallConnected() {
            // A connection that this end opened needs no call to be kept.
        }

        @Override
        public void onOverflow() {
            // TCP is closed, and that is told.
        }

        @Override
        public void onClosed(ControlCloseReason reason, String detail, long nowNanos) {
            handler.onClosed(reason, detail, nowNanos);
        }

        /** Gives way to the control connection when the addresses of both ends are known. */
        private final class OnceConnected extends ChannelInboundHandlerAdapter {
            private final SocketChannel channel;

            OnceConnected(SocketChannel channel) {
                this.channel = channel;
            }

            @Override
            public void channelActive(ChannelHandlerContext context) {
                ControlTransport.configure(
                        channel, ControlTransport.output(ConnectionLimits.DEFAULTS.outputOctets()));
                ControlTransport.install(
                        channel,
                        new ControlChannelHandler(
                                channel,
                                ControlEnd.ORIGINATOR,
                                settings,
                                handler,
                                PlacedConnection.this));
                context.fireChannelActive();
                context.pipeline().remove(this);
            }
        }
    }

    /** IPv4 only: enhanced GRE is spoken over IPv4. */
    private static NioSocketChannel newChannel() {
        return new NioSocketChannel(SelectorProvider.provider(), SocketProtocolFamily.INET);
    }
}
