package dev.pptpd.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.nio.channels.spi.SelectorProvider;

/** Connects a relay to its server. */
final class RelayConnector {
    private static final int TIMEOUT_MILLIS = 10_000;

    private RelayConnector() {}

    /**
     * Begins to connect. Nothing is read until the channel is told to.
     *
     * @param outputOctets queued in the channel until it is not writable
     * @param handler of the channel's events
     */
    static ChannelFuture connect(
            EventLoop eventLoop,
            InetSocketAddress address,
            int outputOctets,
            ChannelHandler handler) {
        return new Bootstrap()
                .group(eventLoop)
                .channelFactory(RelayConnector::newChannel)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, TIMEOUT_MILLIS)
                .option(ChannelOption.AUTO_READ, false)
                .handler(
                        new ChannelInitializer<SocketChannel>() {
                            @Override
                            protected void initChannel(SocketChannel channel) {
                                configure(channel, outputOctets);
                                ControlTransport.installTimed(channel, handler);
                            }
                        })
                .connect(address);
    }

    /** Either channel of a relay: the last words of an end that says no more are passed on. */
    static void configure(SocketChannel channel, int outputOctets) {
        ControlTransport.configure(channel, ControlTransport.output(outputOctets));
        channel.config().setAllowHalfClosure(true);
    }

    /** IPv4 only: enhanced GRE is spoken over IPv4. */
    private static NioSocketChannel newChannel() {
        return new NioSocketChannel(SelectorProvider.provider(), SocketProtocolFamily.INET);
    }
}
