package dev.pptpd.ppp.link;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.pptpd.ppp.frame.PppProtocol;
import dev.pptpd.ppp.fsm.ControlProtocol;
import dev.pptpd.ppp.fsm.Identifiers;
import dev.pptpd.ppp.fsm.LayerAction;
import dev.pptpd.ppp.lcp.LcpOptions;
import dev.pptpd.ppp.lcp.LcpPackets;
import dev.pptpd.ppp.link.LinkEnd.Cause;
import dev.pptpd.ppp.packet.Code;
import dev.pptpd.ppp.packet.ControlPacket;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * LCP of one link: the automaton, the packets that only LCP has, and the answer to protocols that
 * nobody here speaks.
 */
final class LcpLayer {
    /** Protocol-Rejects in a second: an answer to each packet of a flood would be a flood. */
    private static final int MAX_REJECTS_PER_SECOND = 10;

    /** Identifications told to others in a second; Windows sends three at once. */
    private static final int MAX_IDENTIFICATIONS_PER_SECOND = 10;

    private final Outbox outbox;
    private final LcpOptions options;
    private final ControlProtocol protocol;
    private final LcpPackets packets;
    private @Nullable RateLimit rejects;
    private @Nullable RateLimit identifications;

    LcpLayer(
            LcpOptions options,
            LinkConfiguration configuration,
            Identifiers identifiers,
            Outbox outbox) {
        this.outbox = outbox;
        this.options = options;
        this.protocol = new ControlProtocol(options, configuration.lcpTimer(), identifiers);
        this.packets = new LcpPackets(options, configuration.echoTimer());
    }

    boolean isOpened() {
        return protocol.isOpened();
    }

    void open(long nowNanos) {
        protocol.open(nowNanos);
    }

    void up(long nowNanos) {
        protocol.up(nowNanos);
    }

    /** Ends LCP; the text stands in the Terminate-Request. */
    void close(String text, long nowNanos) {
        protocol.close(text.getBytes(US_ASCII), nowNanos);
    }

    /** The peer rejected LCP itself. */
    void protocolRejected(long nowNanos) {
        protocol.protocolRejected(nowNanos);
    }

    long nextDeadlineNanos() {
        return Math.min(protocol.nextDeadlineNanos(), packets.echo().deadlineNanos());
    }

    /** Runs the timers; the reason to end the link when the peer answers no longer. */
    Optional<LinkEnd> onTimeout(long nowNanos) {
        protocol.onTimeout(nowNanos);
        return switch (packets.echo().onTimeout(nowNanos)) {
            case NOTHING -> Optional.empty();
            case SEND_ECHO_REQUEST -> {
                send(packets.echoRequest(protocol.nextIdentifier()));
                yield Optional.empty();
            }
            case PEER_IS_DEAD -> {
                String detail = "no answer to " + packets.echo().unanswered() + " Echo-Requests";
                yield Optional.of(new LinkEnd(Cause.PEER_DEAD, detail));
            }
        };
    }

    void startEcho(long nowNanos) {
        packets.echo().start(nowNanos);
    }

    /** The peer sent data. */
    void heard() {
        packets.echo().heard();
    }

    void stopEcho() {
        packets.echo().stop();
    }

    /** What the automaton wants done. */
    @Nullable LayerAction pollAction() {
        return protocol.pollAction();
    }

    /** Takes any packet of LCP but a Protocol-Reject, which concerns other layers. */
    FrameVerdict receive(ControlPacket packet, long nowNanos) {
        if (protocol.receive(packet, nowNanos)) {
            return FrameVerdict.CONSUMED;
        }
        if (isOfOpenLink(packet.code()) && !isOpened()) {
            return FrameVerdict.DROPPED;
        }
        switch (packet.code()) {
            case Code.ECHO_REQUEST -> packets.answerEcho(packet).ifPresent(this::send);
            case Code.ECHO_REPLY -> packets.receiveEchoReply(packet);
            case Code.IDENTIFICATION -> {
                identifications = RateLimit.orNew(identifications);
                if (identifications.permits(MAX_IDENTIFICATIONS_PER_SECOND, nowNanos)) {
                    outbox.add(new LinkAction.Identified(LcpPackets.identification(packet)));
                }
            }
            case Code.DISCARD_REQUEST, Code.TIME_REMAINING -> {}
            default -> protocol.rejectCode(packet, nowNanos);
        }
        return FrameVerdict.CONSUMED;
    }

    /**
     * Codes 8 to 13 mean something only while LCP is open; what nobody knows is always rejected.
     */
    private static boolean isOfOpenLink(int code) {
        return code >= Code.PROTOCOL_REJECT && code <= Code.TIME_REMAINING;
    }

    /**
     * A Protocol-Reject, where the phase allows to answer: network protocols that come before their
     * phase are dropped in silence, and so is compressed data while MPPE is not in force.
     *
     * @spec https://www.rfc-editor.org/rfc/rfc1661#section-5.7 RFC 1661 section 5.7
     */
    FrameVerdict rejectProtocol(
            int number, byte[] information, boolean inNetworkPhase, long nowNanos) {
        boolean tooEarly = PppProtocol.isNetworkPhase(number) && !inNetworkPhase;
        if (!isOpened() || tooEarly || number == PppProtocol.COMPRESSED) {
            return FrameVerdict.DROPPED;
        }
        rejects = RateLimit.orNew(rejects);
        if (rejects.permits(MAX_REJECTS_PER_SECOND, nowNanos)) {
            send(LcpPackets.protocolReject(protocol.nextIdentifier(), number, information));
        }
        // Noise looks like this: a number that it took is to stay free for the peer's own frame.
        return FrameVerdict.DROPPED;
    }

    void send(ControlPacket packet) {
        outbox.send(PppProtocol.LCP, packet, options.peerMruBytes());
    }
}
