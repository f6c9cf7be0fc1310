package dev.pptpd.ppp.link;

import dev.pptpd.mppe.MppeMode;
import dev.pptpd.ppp.ccp.CcpAgreement;
import dev.pptpd.ppp.ccp.CcpOptions;
import dev.pptpd.ppp.ccp.MppeConfiguration;
import dev.pptpd.ppp.ccp.MppePolicy;
import dev.pptpd.ppp.frame.PppProtocol;
import dev.pptpd.ppp.fsm.ControlProtocol;
import dev.pptpd.ppp.fsm.Identifiers;
import dev.pptpd.ppp.fsm.LayerAction;
import dev.pptpd.ppp.link.LinkEnd.Cause;
import dev.pptpd.ppp.option.OptionList;
import dev.pptpd.ppp.packet.Code;
import dev.pptpd.ppp.packet.ControlPacket;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * CCP of one link: the automaton, the packets that only CCP has, and whether network protocols may
 * speak in clear text beside it.
 *
 * <p>Where MPPE is only allowed, a server leaves it to the peer to begin with CCP, and a client
 * offers it itself; a server that does not want it says so and the link goes on without. Where it
 * is preferred, both offer it, and go on without if the peer will not have it.
 */
final class CcpLayer {
    /** A path with a round trip of 10 ms on which some packet of each is lost. */
    private static final int MAX_RESETS_PER_SECOND = 100;

    private final Encryption encryption;
    private final boolean isClient;
    private final Outbox outbox;
    private final int peerMruBytes;
    private final MppeConfiguration mppe;
    private final CcpOptions options;
    private final ControlProtocol protocol;
    private final RateLimit ups = new RateLimit();
    private @Nullable RateLimit resetsAnswered;

    /** Made with the first packet that cannot be read. */
    private @Nullable ResetRequests resetRequests;

    private Optional<LinkEnd> obstacle = Optional.empty();

    CcpLayer(
            LinkConfiguration configuration,
            Encryption encryption,
            Identifiers identifiers,
            Outbox outbox,
            int peerMruBytes) {
        this.encryption = encryption;
        this.isClient = configuration.role() instanceof LinkRole.Client;
        this.outbox = outbox;
        this.peerMruBytes = peerMruBytes;
        this.mppe = encryption.configuration();
        this.options = new CcpOptions(mppe);
        this.protocol = new ControlProtocol(options, configuration.ccpTimer(), identifiers);
    }

    /** The login is done. There is an obstacle at once where MPPE can never come about. */
    void start(long nowNanos) {
        if (encryption.lacksKeys()) {
            fail("MPPE is required and no login has given keys for it");
            return;
        }
        if (!mppe.usesCcp()) {
            return;
        }
        protocol.open(nowNanos);
        if (goesFirst()) {
            protocol.up(nowNanos);
        } else {
            protocol.awaitPeer();
        }
    }

    /** Whether our side begins with CCP, and its network protocols wait until it is settled. */
    boolean goesFirst() {
        return switch (mppe.policy()) {
            case REQUIRE, PREFER -> true;
            case ALLOW -> isClient || mppe.compresses();
            case DENY -> mppe.compresses();
        };
    }

    /** Why the link must end; empty while it need not. */
    Optional<LinkEnd> obstacle() {
        return obstacle;
    }

    /** Whether data may flow now, be it encrypted or in clear text. */
    boolean letsDataFlow() {
        return encryption.isActive() || clearTextIsFine();
    }

    /** While the peer negotiates MPPE it is not to be sent anything in clear, even if it might. */
    private boolean clearTextIsFine() {
        return !encryption.forbidsClearText() && !protocol.isNegotiating();
    }

    /** What happens to data on its way; empty while it goes as it is. */
    Optional<MppeMode> mode() {
        return protocol.isOpened() ? options.agreement().mode() : Optional.empty();
    }

    long nextDeadlineNanos() {
        return protocol.nextDeadlineNanos();
    }

    void onTimeout(long nowNanos) {
        protocol.onTimeout(nowNanos);
    }

    /**
     * Takes a packet of CCP; false when CCP is not used.
     *
     * <p>A Reset-Request is answered by a flushed packet, the next one that there is to send, as
     * RFC 3078 and RFC 2118 say, and by a Reset-Ack, as RFC 1962 says. Linux asks after any packet
     * that it could not decrypt, in stateless mode, too, and decrypts no other before the Ack; we
     * ourselves wait for none. A storm of requests is not worth more than its first hundred in a
     * second, and none changes a key before the next packet.
     *
     * @spec https://www.rfc-editor.org/rfc/rfc1962#section-4 RFC 1962 section 4
     * @spec https://www.rfc-editor.org/rfc/rfc3078#section-8.2 RFC 3078 section 8.2
     */
    boolean receive(ControlPacket packet, long nowNanos) {
        if (!mppe.usesCcp()) {
            noteRefused(packet);
            return false;
        }
        switch (packet.code()) {
            case Code.RESET_REQUEST -> {
                resetsAnswered = RateLimit.orNew(resetsAnswered);
                if (protocol.isOpened()
                        && resetsAnswered.permits(MAX_RESETS_PER_SECOND, nowNanos)) {
                    encryption.flush();
                    send(new ControlPacket(Code.RESET_ACK, packet.identifier(), new byte[0]));
                }
            }
            case Code.RESET_ACK -> {}
            default -> {
                if (!protocol.receive(packet, nowNanos)) {
                    protocol.rejectCode(packet, nowNanos);
                }
            }
        }
        return true;
    }

    /** A packet of the peer cannot be decrypted or decompressed before it flushes. */
    void requestReset(long nowNanos) {
        if (resetRequests == null) {
            resetRequests = new ResetRequests();
        }
        if (protocol.isOpened() && resetRequests.isDue(nowNanos)) {
            send(new ControlPacket(Code.RESET_REQUEST, protocol.nextIdentifier(), new byte[0]));
        }
    }

    /** The peer's packets can be read again. */
    void recovered() {
        if (resetRequests != null) {
            resetRequests.recovered();
        }
    }

    /** What a peer asked for whose request is rejected unread, for the log when it leaves. */
    private void noteRefused(ControlPacket packet) {
        if (packet.code() == Code.CONFIGURE_REQUEST) {
            OptionList.decode(packet.data()).ifPresent(options::heard);
        }
    }

    /** What both sides want of encryption, where that cannot be brought together. */
    Optional<String> disagreement() {
        return encryption.isActive() ? Optional.empty() : options.disagreement();
    }

    /** The peer does not know CCP. */
    void protocolRejected(long nowNanos) {
        if (!mppe.usesCcp()) {
            return;
        }
        if (encryption.forbidsClearText()) {
            fail("MPPE is required and the peer rejects CCP: " + options.describe());
        } else {
            protocol.protocolRejected(nowNanos);
        }
    }

    /** The link leaves the network phase. */
    void stop(long nowNanos) {
        protocol.down(nowNanos);
    }

    /**
     * Does what the automaton wants done.
     *
     * @return whether CCP was settled by it, one way or the other: network protocols wait no longer
     */
    boolean drain(long nowNanos) {
        boolean settled = false;
        for (LayerAction action = protocol.pollAction();
                action != null;
                action = protocol.pollAction()) {
            switch (action) {
                case LayerAction.Send(ControlPacket packet) -> send(packet);
                case LayerAction.Up _ -> settled |= onUp(nowNanos);
                case LayerAction.Down _ -> encryption.suspend();
                case LayerAction.Finished _ -> settled |= onFinished();
                case LayerAction.Unacceptable(String reason) -> onUnacceptable(reason);
            }
        }
        if (settled && mppe.policy() == MppePolicy.PREFER && !encryption.isActive()) {
            outbox.add(new LinkAction.Unencrypted(options.describe()));
        }
        return settled;
    }

    private boolean onUp(long nowNanos) {
        if (!ups.permits(NetworkLayer.MAX_UPS_PER_SECOND, nowNanos)) {
            fail(Cause.NEGOTIATION_FAILED, "CCP renegotiated too often");
            return false;
        }
        CcpAgreement agreement = options.agreement();
        if (agreement.isOneSided()) {
            fail("MPPE in one direction only: " + options.describe());
            return false;
        }
        if (!agreement.isEncrypted() && encryption.forbidsClearText()) {
            fail("CCP opened without MPPE: " + options.describe());
            return false;
        }
        encryption.begin(agreement, this);
        recovered();
        return true;
    }

    private boolean onFinished() {
        if (encryption.forbidsClearText()) {
            fail("MPPE is required: " + options.describe());
            return false;
        }
        return true;
    }

    private void onUnacceptable(String reason) {
        if (encryption.forbidsClearText()) {
            fail(reason + ": " + options.describe());
        }
    }

    private void send(ControlPacket packet) {
        outbox.send(PppProtocol.CCP, packet, peerMruBytes);
    }

    private void fail(String detail) {
        fail(Cause.ENCRYPTION_FAILED, detail);
    }

    private void fail(Cause cause, String detail) {
        if (obstacle.isEmpty()) {
            obstacle = Optional.of(new LinkEnd(cause, detail));
        }
    }
}
