package dev.pptpd.net;

import dev.pptpd.relay.RelaySide;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;

/** The events of one of the two channels of a relayed connection. */
final class RelaySideHandler extends ChannelInboundHandlerAdapter {
    private final RelaySide side;
    private final RelayedChannels channels;

    RelaySideHandler(RelaySide side, RelayedChannels channels) {
        this.side = side;
        this.channels = channels;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var octets = (ByteBuf) message;
        try {
            channels.receive(side, octets);
        } finally {
            octets.release();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            channels.onInputEnd(side);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        channels.onInputEnd(side);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        channels.updateReading();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        channels.fail(side, cause);
    }
}
