package dev.pptpd.net;

import dev.pptpd.control.CallDisconnectResult;
import dev.pptpd.control.CallRequest;
import dev.pptpd.control.ControlAction;
import dev.pptpd.control.ControlCloseReason;
import dev.pptpd.control.ControlConnection;
import dev.pptpd.control.ControlConnectionSettings;
import dev.pptpd.control.ControlEnd;
import dev.pptpd.control.ControlMessageEncoder;
import dev.pptpd.control.StopControlConnectionReason;
import dev.pptpd.control.TextField;
import dev.pptpd.control.WanErrorCounters;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.timeout.WriteTimeoutException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drives one {@link ControlConnection} over its TCP connection. Lives on the event loop. */
// A write or close that fails closes the channel, which channelInactive tells; nothing else waits.
@SuppressWarnings("FutureReturnValueIgnored")
final class ControlChannelHandler extends ChannelInboundHandlerAdapter implements ControlChannel {
    private static final Logger LOG = LoggerFactory.getLogger(ControlChannelHandler.class);

    /**
     * After our last message we send FIN and wait so long for the peer's: closing at once, with
     * octets of the peer unread, would make a reset that overtakes the message.
     */
    private static final long LINGER_MILLIS = 1000;

    private final SocketChannel channel;
    private final InetSocketAddress peerAddress;
    private final InetSocketAddress localAddress;
    private final ControlConnection connection;
    private final CallHandler calls;
    private final ConnectionWatcher watcher;

    private @Nullable ByteBuf output;
    private @Nullable Future<?> timer;
    private long timerAtNanos;
    private boolean performing;
    private String transportFault = "";

    /**
     * @param channel connected, with both its addresses known
     * @param calls told of calls
     * @param watcher told of the rest
     */
    ControlChannelHandler(
            SocketChannel channel,
            ControlEnd end,
            ControlConnectionSettings settings,
            CallHandler calls,
            ConnectionWatcher watcher) {
        this.channel = channel;
        this.peerAddress = channel.remoteAddress();
        this.localAddress = channel.localAddress();
        this.connection = new ControlConnection(end, settings, System.nanoTime());
        this.calls = calls;
        this.watcher = watcher;
    }

    @Override
    public InetSocketAddress peerAddress() {
        return peerAddress;
    }

    @Override
    public InetSocketAddress localAddress() {
        return localAddress;
    }

    @Override
    public TextField peerHostName() {
        return connection.peerHostName();
    }

    @Override
    public TextField peerVendorName() {
        return connection.peerVendorName();
    }

    @Override
    public void placeCall(CallRequest request) {
        onLoop(now -> connection.placeCall(request, now));
    }

    @Override
    public void decide(CallRequest request, CallDecision decision) {
        onLoop(now -> {
            if (decision instanceof CallDecision.Later) {
                throw new IllegalArgumentException("a decision is due");
            }
            carryOut(request, decision, now);
        });
    }

    @Override
    public void disconnectCall(int callId, CallDisconnectResult result) {
        onLoop(now -> connection.disconnect(callId, result, now));
    }

    @Override
    public void sendLinkInfo(int callId, long sendAccm, long receiveAccm) {
        onLoop(_ -> connection.sendLinkInfo(callId, sendAccm, receiveAccm));
    }

    @Override
    public void sendWanErrors(int callId, WanErrorCounters counters) {
        onLoop(now -> connection.sendWanErrors(callId, counters, now));
    }

    @Override
    public void stop(StopControlConnectionReason reason) {
        onLoop(now -> connection.stop(reason, now));
    }

    private void onLoop(LongConsumer task) {
        if (!channel.eventLoop().inEventLoop()) {
            throw new IllegalStateException("not on the control event loop");
        }
        long now = System.nanoTime();
        task.accept(now);
        settle(now);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        long now = System.nanoTime();
        watcher.onConnected(this, now);
        settle(now);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var received = (ByteBuf) message;
        try {
            long now = System.nanoTime();
            ByteBuffer octets = received.nioBuffer();
            while (octets.hasRemaining()) {
                connection.receive(octets, now);
                perform(now);
            }
            settle(now);
        } finally {
            received.release();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        connection.transportClosed(transportFault);
        settle(System.nanoTime());
        if (output != null) {
            output.release();
            output = null;
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(cause);
    }

    private void fail(Throwable cause) {
        if (cause instanceof IOException || cause instanceof WriteTimeoutException) {
            transportFault =
                    cause instanceof WriteTimeoutException
                            ? "the peer does not read"
                            : String.valueOf(cause.getMessage());
            LOG.debug("event=control-broken peer={} cause=\"{}\"", peerAddress, transportFault);
        } else {
            LOG.error("event=control-failed peer={}", peerAddress, cause);
        }
        channel.close();
    }

    private void onTimer() {
        timer = null;
        try {
            long now = System.nanoTime();
            connection.onTimeout(now);
            settle(now);
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    /** Does all that the connection wants, sends it, and sets the timer to what comes next. */
    private void settle(long nowNanos) {
        if (performing) {
            // A call handler asked for this; who called the handler goes on with it.
            return;
        }
        perform(nowNanos);
        flush();
        setTimer(nowNanos);
    }

    private void perform(long nowNanos) {
        performing = true;
        try {
            for (var action = connection.pollAction();
                    action.isPresent();
                    action = connection.pollAction()) {
                perform(action.get(), nowNanos);
            }
        } finally {
            performing = false;
        }
    }

    private void perform(ControlAction action, long nowNanos) {
        switch (action) {
            case ControlAction.Send(var message) -> write(ControlMessageEncoder.encode(message));
            case ControlAction.Started _ -> watcher.onStarted(this, nowNanos);
            case ControlAction.CallRequested(var request) ->
                    carryOut(request, calls.onCallRequested(this, request, nowNanos), nowNanos);
            case ControlAction.CallConnected(var callId, var peerCallId, var terms) -> {
                watcher.onCallConnected();
                calls.onCallConnected(callId, peerCallId, terms, nowNanos);
            }
            case ControlAction.CallFailed(var callId, var failure) ->
                    calls.onCallFailed(callId, failure, nowNanos);
            case ControlAction.CallCleared(var callId, var end, var detail) ->
                    calls.onCallEnded(callId, end, detail, nowNanos);
            case ControlAction.LinkInfo(var callId, var sendAccm, var receiveAccm) ->
                    calls.onLinkInfo(callId, sendAccm, receiveAccm, nowNanos);
            case ControlAction.WanErrors(var callId, var counters) ->
                    calls.onWanErrors(callId, counters, nowNanos);
            case ControlAction.Close(var reason, var detail) -> close(reason, detail, nowNanos);
        }
    }

    private void carryOut(CallRequest request, CallDecision decision, long nowNanos) {
        switch (decision) {
            case CallDecision.Accept(var callId) -> connection.accept(request, callId, nowNanos);
            case CallDecision.Refuse(var result, var error) ->
                    connection.refuse(request, result, error);
            case CallDecision.Later _ -> {}
        }
    }

    private void write(ByteBuffer message) {
        if (output == null) {
            output = channel.alloc().buffer();
        }
        output.writeBytes(message);
    }

    private void flush() {
        if (output == null) {
            return;
        }
        var octets = output;
        output = null;
        ControlTransport.send(channel, octets);
        if (channel.isActive() && !channel.isWritable()) {
            // The peer asks without reading the answers.
            watcher.onOverflow();
            channel.close();
        }
    }

    private void close(ControlCloseReason reason, String detail, long nowNanos) {
        LOG.debug(
                "event=control-closed peer={} reason={} detail=\"{}\" host=\"{}\" vendor=\"{}\""
                        + " ignored={}",
                peerAddress.getAddress().getHostAddress(),
                reason.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                detail,
                connection.peerHostName(),
                connection.peerVendorName(),
                connection.ignoredMessages() + connection.unknownMessages());
        watcher.onClosed(reason, detail, nowNanos);
        if (!channel.isActive()) {
            return;
        }
        flush();
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER)
                .addListener((ChannelFutureListener) _ -> channel.shutdownOutput());
        channel.eventLoop().schedule(() -> channel.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void setTimer(long nowNanos) {
        OptionalLong next = connection.nextDeadlineNanos();
        if (timer != null) {
            if (next.isPresent() && timerAtNanos - next.getAsLong() <= 0) {
                // Early enough: it finds nothing due and is set anew, cheaper than with each read.
                return;
            }
            timer.cancel(false);
            timer = null;
        }
        if (next.isPresent()) {
            timerAtNanos = next.getAsLong();
            timer =
                    channel.eventLoop()
                            .schedule(this::onTimer, timerAtNanos - nowNanos, TimeUnit.NANOSECONDS);
        }
    }
}
