package dev.pptpd.ppp.link;

import dev.pptpd.ppp.frame.PppFrame;
import dev.pptpd.ppp.frame.PppProtocol;
import dev.pptpd.ppp.packet.BriefQueue;
import dev.pptpd.ppp.packet.Code;
import dev.pptpd.ppp.packet.ControlPacket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The actions of a link that wait to be polled, and the one way a control packet gets in there. */
final class Outbox {
    /** Null while nothing waits in it. */
    private @Nullable BriefQueue<LinkAction> actions;

    void add(LinkAction action) {
        BriefQueue<LinkAction> waiting = actions == null ? new BriefQueue<>() : actions;
        actions = waiting;
        waiting.add(action);
    }

    @Nullable LinkAction poll() {
        BriefQueue<LinkAction> waiting = actions;
        LinkAction first = waiting == null ? null : waiting.poll();
        actions = first == null ? null : waiting;
        return first;
    }

    /**
     * Queues a control packet as a frame with an uncompressed header, which every peer takes at any
     * time. No packet exceeds the peer's MRU: what may be cut is cut, what may not is left out.
     *
     * @return whether it is on its way
     */
    boolean send(int protocol, ControlPacket packet, int peerMruBytes) {
        ControlPacket fitting = packet;
        if (packet.octets() > peerMruBytes) {
            if (!mayBeCut(protocol, packet.code())) {
                return false;
            }
            int room = peerMruBytes - ControlPacket.HEADER_OCTETS;
            fitting =
                    new ControlPacket(
                            packet.code(), packet.identifier(), Arrays.copyOf(packet.data(), room));
        }
        byte[] body = fitting.encode();
        byte[] frame = new byte[PppFrame.MAX_HEADER_OCTETS + body.length];
        ByteBuffer buffer = ByteBuffer.wrap(frame);
        buffer.position(PppFrame.MAX_HEADER_OCTETS).put(body).position(PppFrame.MAX_HEADER_OCTETS);
        PppFrame.prependHeader(buffer, protocol, false, false);
        add(new LinkAction.SendFrame(frame));
        return true;
    }

    /** An answer to a negotiation without some of its options is another answer. */
    private static boolean mayBeCut(int protocol, int code) {
        boolean answers = code >= Code.CONFIGURE_ACK && code <= Code.CONFIGURE_REJECT;
        return !PppProtocol.isLogin(protocol) && !answers;
    }
}
