package dev.pptpd.net;

import dev.pptpd.call.CallIdAllocator;
import dev.pptpd.relay.RelayAction;
import dev.pptpd.relay.RelayEnd;
import dev.pptpd.relay.RelaySide;
import dev.pptpd.relay.RelayTraffic;
import dev.pptpd.relay.RelayedConnection;
import dev.pptpd.relay.Route;
import dev.pptpd.relay.RouteTable;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.timeout.WriteTimeoutException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The two TCP connections of one {@link RelayedConnection}. The one to the server is made when the
 * client has sent its first message, so that whoever only knocks never reaches the server. Lives on
 * the event loop.
 */
// A write or close that fails closes the channel, which channelInactive tells; nothing else waits.
@SuppressWarnings("FutureReturnValueIgnored")
final class RelayedChannels {
    /** From the end of TCP at one side to its end at the other, which has its last words. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(3);

    /** For what is still to be flushed to an end that takes its time. */
    private static final long FLUSH_MILLIS = 1000;

    /**
     * What a connection needs of the listener.
     *
     * @param onCallUp told for each call
     * @param onOver told once, when the connection is over
     */
    record Surroundings(
            RelayListenerSettings settings,
            RelayTarget target,
            RouteTable routes,
            CallIdAllocator ids,
            Runnable onCallUp,
            Consumer<RelayedChannels> onOver) {}

    private enum Phase {
        AWAITING_START,
        CONNECTING,
        RELAYING,
        OVER
    }

    private final SocketChannel client;
    private final Surroundings surroundings;
    private final RelayLog log;
    private final RelayedConnection connection;
    private final RelayTraffic traffic = new RelayTraffic();
    private final Set<RelaySide> ended = EnumSet.noneOf(RelaySide.class);
    private Phase phase = Phase.AWAITING_START;
    private Optional<SocketChannel> server = Optional.empty();
    private @Nullable InetSocketAddress serverAddress;
    private @Nullable RelayEnd firstEnd;
    private @Nullable Future<?> deadline;
    private long upAtNanos;

    /**
     * @param client connected, with both its addresses known
     */
    RelayedChannels(long relay, SocketChannel client, Surroundings surroundings) {
        this.client = client;
        this.surroundings = surroundings;
        this.log = new RelayLog(relay, client.remoteAddress());
        this.connection =
                new RelayedConnection(surroundings.ids(), RelayedConnection.DEFAULT_MAXIMUM_CALLS);
    }

    void begin() {
        ControlTransport.installTimed(client, new RelaySideHandler(RelaySide.CLIENT, this));
        setDeadline(surroundings.settings().firstMessage(), RelayEnd.FIRST_MESSAGE_TIMEOUT);
    }

    /** Asks both ends for the end, and waits 3 s for them. */
    void stop() {
        guard(this::beginStop);
    }

    private void beginStop() {
        if (phase != Phase.RELAYING) {
            finish(RelayEnd.SHUTDOWN);
            return;
        }
        firstEnd = RelayEnd.SHUTDOWN;
        setDeadline(LAST_WORDS, RelayEnd.SHUTDOWN);
        connection.stop();
        perform();
    }

    /** A mistake of ours ends this connection, and leaves the event loop to the others. */
    private void guard(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException mistake) {
            log.failed(mistake);
            finish(RelayEnd.INTERNAL_ERROR);
        }
    }

    /** One deadline at a time; a new one replaces the last. */
    private void setDeadline(Duration delay, RelayEnd reason) {
        clearDeadline();
        deadline =
                client.eventLoop()
                        .schedule(() -> finish(reason), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void clearDeadline() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    void receive(RelaySide from, ByteBuf octets) {
        if (phase == Phase.OVER) {
            return;
        }
        connection.receive(from, octets.nioBuffer(), System.nanoTime());
        if (phase == Phase.AWAITING_START && connection.isStarted()) {
            connect();
        } else if (phase != Phase.CONNECTING) {
            perform();
        }
    }

    /** What the client says meanwhile waits: at most what was read before reading stopped. */
    private void connect() {
        phase = Phase.CONNECTING;
        clearDeadline();
        client.config().setAutoRead(false);
        InetSocketAddress address = surroundings.target().address();
        RelayConnector.connect(
                        client.eventLoop(),
                        address,
                        surroundings.settings().limits().outputOctets(),
                        new RelaySideHandler(RelaySide.SERVER, this))
                .addListener(
                        (ChannelFuture connected) -> guard(() -> onConnected(connected, address)));
    }

    private void onConnected(ChannelFuture connected, InetSocketAddress address) {
        if (phase != Phase.CONNECTING) {
            connected.channel().close();
            return;
        }
        if (!connected.isSuccess()) {
            log.unreachable(address, connected.cause());
            surroundings.target().onUnreachable();
            finish(RelayEnd.SERVER_UNREACHABLE);
            return;
        }
        server = Optional.of((SocketChannel) connected.channel());
        serverAddress = address;
        upAtNanos = System.nanoTime();
        phase = Phase.RELAYING;
        log.up(address);
        perform();
        updateReading();
    }

    private void perform() {
        for (var action = connection.pollAction();
                action.isPresent();
                action = connection.pollAction()) {
            perform(action.get());
        }
        client.flush();
        server.ifPresent(Channel::flush);
        updateReading();
    }

    private void perform(RelayAction action) {
        switch (action) {
            case RelayAction.Send(var to, var message) ->
                    channel(to)
                            .ifPresent(channel -> channel.write(Unpooled.wrappedBuffer(message)));
            case RelayAction.OpenRoute(var from, var callId, var peerCallId) ->
                    surroundings.routes().open(callId, route(from, peerCallId));
            case RelayAction.CloseRoute(var callId) -> surroundings.routes().close(callId);
            case RelayAction.CallUp(var ids) -> {
                surroundings.onCallUp().run();
                log.callUp(ids);
            }
            case RelayAction.CallOver(var ids) -> log.callOver(ids);
            case RelayAction.Close(var reason) -> finish(reason);
        }
    }

    private Optional<SocketChannel> channel(RelaySide side) {
        return side == RelaySide.CLIENT ? Optional.of(client) : server;
    }

    private Route route(RelaySide from, int peerCallId) {
        SocketChannel near = channel(from).orElseThrow();
        SocketChannel far = channel(from.other()).orElseThrow();
        return new Route(
                from,
                ipv4(near.remoteAddress()),
                ipv4(far.remoteAddress()),
                ipv4(far.localAddress()),
                peerCallId,
                traffic);
    }

    private static int ipv4(InetSocketAddress address) {
        return ByteBuffer.wrap(address.getAddress().getAddress()).getInt();
    }

    /** Nobody is read while one does not read: what is queued stays small on both sides. */
    void updateReading() {
        if (phase == Phase.RELAYING) {
            boolean reading = mayBeWritten(RelaySide.CLIENT) && mayBeWritten(RelaySide.SERVER);
            client.config().setAutoRead(reading);
            server.ifPresent(channel -> channel.config().setAutoRead(reading));
        }
    }

    /** An end that nothing more is coming for holds up nobody. */
    private boolean mayBeWritten(RelaySide side) {
        return ended.contains(side.other()) || channel(side).map(Channel::isWritable).orElse(true);
    }

    /** One end says no more. The other gets what is on its way, then hears the same. */
    void onInputEnd(RelaySide side) {
        if (phase == Phase.OVER || !ended.add(side)) {
            return;
        }
        if (phase != Phase.RELAYING) {
            finish(RelayEnd.closedBy(side));
            return;
        }
        RelayEnd reason = firstEnd == null ? RelayEnd.closedBy(side) : firstEnd;
        if (ended.size() == RelaySide.values().length) {
            finish(reason);
            return;
        }
        if (firstEnd == null) {
            firstEnd = reason;
            setDeadline(LAST_WORDS, reason);
        }
        channel(side.other())
                .ifPresent(channel ->
                        channel.writeAndFlush(Unpooled.EMPTY_BUFFER)
                                .addListener(
                                        (ChannelFutureListener) _ -> channel.shutdownOutput()));
    }

    void fail(RelaySide side, Throwable cause) {
        switch (cause) {
            case WriteTimeoutException _ -> finish(RelayEnd.NOT_READING);
            case IOException _ -> {
                log.broken(side, cause);
                onInputEnd(side);
            }
            default -> {
                log.failed(cause);
                finish(RelayEnd.INTERNAL_ERROR);
            }
        }
    }

    /** Whatever goes wrong on the way, both ends are closed and the listener hears of it. */
    private void finish(RelayEnd reason) {
        if (phase == Phase.OVER) {
            return;
        }
        phase = Phase.OVER;
        clearDeadline();
        try {
            endCalls();
            logEnd(reason);
        } catch (RuntimeException mistake) {
            log.failed(mistake);
        } finally {
            closeFlushed(client);
            server.ifPresent(RelayedChannels::closeFlushed);
            surroundings.onOver().accept(this);
        }
    }

    private void endCalls() {
        connection.end(System.nanoTime());
        if (server.isPresent()) {
            perform();
        } else {
            // Nothing was done yet of what the client asked for, so there is nothing to undo.
            drop();
        }
    }

    private void drop() {
        var action = connection.pollAction();
        while (action.isPresent()) {
            action = connection.pollAction();
        }
    }

    private void logEnd(RelayEnd reason) {
        if (serverAddress == null) {
            log.endedEarly(reason);
        } else {
            long duration = System.nanoTime() - upAtNanos;
            log.ended(serverAddress, duration, connection.callsUp(), traffic, reason);
        }
    }

    private static void closeFlushed(Channel channel) {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        channel.eventLoop().schedule(() -> channel.close(), FLUSH_MILLIS, TimeUnit.MILLISECONDS);
    }
}
