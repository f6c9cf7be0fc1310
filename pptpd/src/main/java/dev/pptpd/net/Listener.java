package dev.pptpd.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetSocketAddress;
import java.nio.channels.spi.SelectorProvider;
import java.util.function.Consumer;

/** The listening TCP socket of a server or a relay. */
final class Listener {
    /** Connections that wait in the kernel while the loop is busy with others. */
    private static final int BACKLOG = 1024;

    private final Channel channel;

    private Listener(Channel channel) {
        this.channel = channel;
    }

    /**
     * Listens on a loop, which is ended where that fails.
     *
     * @param onAccepted gets each connection, on the event loop
     * @throws ListenException if the address is taken, not of this host, or not permitted
     */
    static Listener open(
            ConnectionLoop<?> loop, InetSocketAddress address, Consumer<SocketChannel> onAccepted)
            throws ListenException {
        ChannelFuture bound =
                new ServerBootstrap()
                        .group(loop.group())
                        .channelFactory(Listener::newChannel)
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        .childHandler(
                                new ChannelInitializer<SocketChannel>() {
                                    @Override
                                    protected void initChannel(SocketChannel accepted) {
                                        onAccepted.accept(accepted);
                                    }
                                })
                        .bind(address)
                        .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            loop.end();
            throw ListenException.of(address, bound.cause());
        }
        return new Listener(bound.channel());
    }

    /** IPv4 only: enhanced GRE is spoken over IPv4. */
    private static NioServerSocketChannel newChannel() {
        return new NioServerSocketChannel(SelectorProvider.provider(), SocketProtocolFamily.INET);
    }

    /** Where it listens, with the port that was taken for port 0. */
    InetSocketAddress localAddress() {
        return (InetSocketAddress) channel.localAddress();
    }

    /** Takes no more connections. Those that there are stay. */
    // The event loop sees to it.
    @SuppressWarnings("FutureReturnValueIgnored")
    void close() {
        channel.close();
    }

    /** Turns a connection away with a reset, so that a flood leaves nothing behind on this side. */
    @SuppressWarnings("FutureReturnValueIgnored")
    static void refuse(SocketChannel accepted) {
        accepted.config().setSoLinger(0);
        accepted.close();
    }
}
