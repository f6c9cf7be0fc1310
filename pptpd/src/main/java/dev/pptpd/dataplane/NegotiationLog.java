package dev.pptpd.dataplane;

import dev.pptpd.ppp.notation.PacketNotation;
import dev.pptpd.session.Session;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Each control packet in the log, in pppd's notation, while somebody debugs. */
final class NegotiationLog {
    private static final Logger LOG = LoggerFactory.getLogger("dev.pptpd.ppp");

    private NegotiationLog() {}

    /** A frame from the peer, in clear text, from {@code start} to its limit. */
    static void received(Session session, ByteBuffer frame, int start) {
        if (LOG.isDebugEnabled()) {
            write(session, "rcvd", frame.duplicate().position(start));
        }
    }

    /** A frame to the peer. */
    static void sent(Session session, byte[] frame) {
        if (LOG.isDebugEnabled()) {
            write(session, "sent", ByteBuffer.wrap(frame));
        }
    }

    private static void write(Session session, String direction, ByteBuffer frame) {
        PacketNotation.ofFrame(frame)
                .ifPresent(packet ->
                        LOG.debug(
                                "event=ppp session={} peer={} {} {}",
                                session.id(),
                                session.peer(),
                                direction,
                                packet));
    }
}
