package dev.pptpd.net;

import dev.pptpd.control.ControlCloseReason;
import dev.pptpd.control.ControlEnd;
import dev.pptpd.control.StopControlConnectionReason;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Listens for control connections and runs each on one event loop, whose thread is the home of all
 * control state of the process. Methods are for any thread.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-2 RFC 2637 section 2
 */
// Closing is watched through the channel's close future.
@SuppressWarnings("FutureReturnValueIgnored")
public final class ControlServer {
    private final ControlServerSettings settings;
    private final CallHandler calls;
    private final ConnectionAdmission admission;
    private final ControlServerCounters counters = new ControlServerCounters();
    private final ConnectionLoop<ControlChannelHandler> loop = new ConnectionLoop<>("control");
    private final WriteBufferWaterMark output;
    private final Listener listener;

    private ControlServer(ControlServerSettings settings, CallHandler calls)
            throws ListenException {
        this.settings = settings;
        this.calls = calls;
        this.admission = new ConnectionAdmission(settings.limits());
        this.output = ControlTransport.output(settings.limits().outputOctets());
        this.listener = Listener.open(loop, settings.listenAddress(), this::onAccepted);
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
        return listener.localAddress();
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
        loop.execute(task);
    }

    /**
     * Runs a task on the event loop after a delay, unless cancelled before.
     *
     * @throws java.util.concurrent.RejectedExecutionException once the server is closed
     */
    public Future<?> schedule(Runnable task, Duration delay) {
        return loop.schedule(task, delay);
    }

    /**
     * Listens no more and stops all connections: Call-Disconnect-Notify for each call, then
     * Stop-Control-Connection-Request, whose reply is awaited for 3 s.
     *
     * @return done when the last connection and the event loop are gone; the same each time
     */
    public CompletableFuture<Void> close() {
        return loop.close(
                listener::close,
                connection -> connection.stop(StopControlConnectionReason.LOCAL_SHUTDOWN));
    }

    private void onAccepted(SocketChannel channel) {
        var peer = channel.remoteAddress();
        if (peer == null
                || loop.isClosing()
                || !admission.admit(peer.getAddress(), System.nanoTime())) {
            counters.countRefused();
            Listener.refuse(channel);
            return;
        }
        counters.countAccepted();
        ControlTransport.configure(channel, output);
        var watcher = new AcceptedConnection(new HalfOpenPlace(admission, peer.getAddress()));
        var handler =
                new ControlChannelHandler(
                        channel, ControlEnd.ACCEPTOR, settings.connection(), calls, watcher);
        loop.add(handler);
        ControlTransport.install(channel, handler);
        channel.closeFuture().addListener(_ -> onGone(handler, watcher));
    }

    private void onGone(ControlChannelHandler handler, AcceptedConnection connection) {
        connection.endHalfOpen();
        counters.countGone();
        loop.remove(handler);
    }

    /** What is heard of one connection. */
    private final class AcceptedConnection implements ConnectionWatcher {
        /** Null once it is given back. */
        private @Nullable HalfOpenPlace halfOpen;

        AcceptedConnection(HalfOpenPlace halfOpen) {
            this.halfOpen = halfOpen;
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

        void endHalfOpen() {
            if (halfOpen != null) {
                halfOpen.end();
                halfOpen = null;
            }
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
