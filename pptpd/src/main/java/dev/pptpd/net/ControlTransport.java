package dev.pptpd.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.timeout.WriteTimeoutException;
import io.netty.handler.timeout.WriteTimeoutHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The TCP under a control connection, the same at both ends and at a relay between them. */
final class ControlTransport {
    /**
     * Ten times the longest message of a client, and few enough replies to be sent together. A
     * relay takes no more from one end before it is the other's turn.
     */
    private static final int READ_OCTETS = 2048;

    /** Small, since a control connection moves little: what a peer can make the kernel hold. */
    private static final int KERNEL_SEND_OCTETS = 32 * 1024;

    /** How long a peer may leave our octets unread, once the kernel's buffer is full. */
    private static final int WRITE_TIMEOUT_SECONDS = 20;

    private static final FixedRecvByteBufAllocator RECEIVE_BUFFERS =
            new FixedRecvByteBufAllocator(READ_OCTETS);

    static {
        // Netty would look at every interface of the host, of which there may be a thousand, to
        // give channels an id that nobody here looks at.
        System.setProperty("io.netty.machineId", "00:00:00:00:00:01");
    }

    private ControlTransport() {}

    /** One thread, the home of all control state that it serves. */
    static EventLoopGroup newEventLoop(String threadName) {
        return new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory(threadName), NioIoHandler.newFactory());
    }

    /**
     * What is queued for a peer that does not read, before its channel is no longer writable. One
     * for all channels of a server: a thousand connections have no use for a thousand of them.
     */
    static WriteBufferWaterMark output(int octets) {
        return new WriteBufferWaterMark(octets / 2, octets);
    }

    static void configure(SocketChannel channel, WriteBufferWaterMark output) {
        channel.config()
                .setTcpNoDelay(true)
                .setKeepAlive(true)
                .setSendBufferSize(KERNEL_SEND_OCTETS)
                .setRecvByteBufAllocator(RECEIVE_BUFFERS)
                .setWriteBufferWaterMark(output);
    }

    /** For a handler that {@link #send}s. */
    static void install(SocketChannel channel, ChannelHandler handler) {
        channel.pipeline().addLast(handler);
    }

    /** For a handler that writes to the channel by itself; it hears of each time-out. */
    static void installTimed(SocketChannel channel, ChannelHandler handler) {
        channel.pipeline().addLast(new WriteTimeoutHandler(WRITE_TIMEOUT_SECONDS), handler);
    }

    /**
     * Writes octets, which the peer has to make room for in time: else the channel's handler gets a
     * {@link WriteTimeoutException}. The kernel takes them at once from nearly every peer, so that
     * an idle connection has no need of a handler that waits for one which does not read.
     */
    // What is awaited is its end, in time or not.
    @SuppressWarnings("FutureReturnValueIgnored")
    static void send(SocketChannel channel, ByteBuf octets) {
        ChannelFuture sent = channel.writeAndFlush(octets);
        if (!sent.isDone()) {
            Future<?> limit =
                    channel.eventLoop()
                            .schedule(
                                    () -> onTimeout(channel, sent),
                                    WRITE_TIMEOUT_SECONDS,
                                    TimeUnit.SECONDS);
            sent.addListener(_ -> limit.cancel(false));
        }
    }

    private static void onTimeout(SocketChannel channel, ChannelFuture sent) {
        if (!sent.isDone()) {
            channel.pipeline().fireExceptionCaught(WriteTimeoutException.INSTANCE);
        }
    }
}
