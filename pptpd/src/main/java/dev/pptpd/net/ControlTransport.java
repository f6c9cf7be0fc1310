package dev.pptpd.net;

import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.timeout.WriteTimeoutHandler;
import io.netty.util.concurrent.DefaultThreadFactory;

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
     * @param outputOctets queued for a peer that does not read, before the channel is no longer
     *     writable
     */
    static void configure(SocketChannel channel, int outputOctets) {
        channel.config()
                .setTcpNoDelay(true)
                .setKeepAlive(true)
                .setSendBufferSize(KERNEL_SEND_OCTETS)
                .setRecvByteBufAllocator(RECEIVE_BUFFERS)
                .setWriteBufferWaterMark(new WriteBufferWaterMark(outputOctets / 2, outputOctets));
    }

    static void install(SocketChannel channel, ChannelHandler handler) {
        channel.pipeline().addLast(new WriteTimeoutHandler(WRITE_TIMEOUT_SECONDS), handler);
    }
}
