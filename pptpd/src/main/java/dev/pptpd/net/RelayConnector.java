package dev.pptpd.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.nio.channels.spi.SelectorProvider;
import java.util.function.Consumer;

/** Connects a relay to its server. */
final class RelayConnector {
    private static final int TIMEOUT_MILLIS = 10_000;

    private RelayConnector() {}

    /**
     * Begins to connect. Nothing is read until the channel is told to.
     *
     * @param outputOctets queued in the channel until it is not writable
     * @param prepare given the channel before it connects
     */
    static ChannelFuture connect(
            EventLoop eventLoop,
            InetSocketAddress address,
            int outputOctets,
            Consumer<SocketChannel> prepare) {
        return new Bootstrap()
                .group(eventLoop)
                .channelFactory(RelayConnector::newChannel)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, TIMEOUT_MILLIS)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(RelayListener.READ_OCTETS))
                .option(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(outputOctets / 2, outputOctets))
                .handler(
                        new ChannelInitializer<SocketChannel>() {
                            @Override
                            protected void initChannel(SocketChannel channel) {
                                prepare.accept(channel);
                            }
                        })
                .connect(address);
    }

    /** IPv4 only: enhanced GRE is spoken over IPv4. */
    private static NioSocketChannel newChannel() {
        return new NioSocketChannel(SelectorProvider.provider(), SocketProtocolFamily.INET);
    }
}
