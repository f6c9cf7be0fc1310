package dev.pptpd.ppp.link;

import dev.pptpd.mppe.MppeStrength;
import dev.pptpd.ppp.ccp.CcpOptions;
import dev.pptpd.ppp.ccp.MppePolicy;
import dev.pptpd.ppp.frame.PppProtocol;
import dev.pptpd.ppp.fsm.ControlProtocol;
import dev.pptpd.ppp.fsm.Identifiers;
import dev.pptpd.ppp.fsm.LayerAction;
import dev.pptpd.ppp.link.LinkEnd.Cause;
import dev.pptpd.ppp.packet.Code;
import dev.pptpd.ppp.packet.ControlPacket;
import java.util.Optional;

/**
 * CCP of one link: the automaton, the packets that only CCP has, and whether network protocols may
 * speak in clear text beside it.
 *
 * <p>Where MPPE is only allowed, a server leaves it to the peer to begin with CCP, and a client
 * offers it itself; a server that does not want it says so and the link goes on without.
 */
final class CcpLayer {
    private final Encryption encryption;
    private final boolean isClient;
    private final Outbox outbox;
    private final int peerMruBytes;
    private final boolean isUsed;
    private final CcpOptions options;
    private final ControlProtocol protocol;
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
        this.isUsed = encryption.policy() != MppePolicy.DENY;
        this.options = new CcpOptions(encryption.usable());
        this.protocol = new ControlProtocol(options, configuration.ccpTimer(), identifiers);
    }

    /** The login is done. There is an obstacle at once where MPPE can never come about. */
    void start(long nowNanos) {
        if (encryption.lacksKeys()) {
            fail("MPPE is required and no login has given keys for it");
            return;
        }
        if (!isUsed) {
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
        return switch (encryption.policy()) {
            case REQUIRE -> true;
            case ALLOW -> isClient;
            case DENY -> false;
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

    /** What data is encrypted with; empty while it goes in clear text. */
    Optional<MppeStrength> strength() {
        return encryption.isActive() ? options.agreed() : Optional.empty();
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
     * <p>In stateless mode every packet stands alone, and neither Reset-Request nor Reset-Ack
     * changes a key. But Linux asks after any packet that it could not decrypt, such as one that
     * came late, and decrypts no other before it is answered.
     *
     * @spec https://www.rfc-editor.org/rfc/rfc1962#section-4 RFC 1962 section 4
     */
    boolean receive(ControlPacket packet, long nowNanos) {
        if (!isUsed) {
            return false;
        }
        switch (packet.code()) {
            case Code.RESET_REQUEST -> {
                if (protocol.isOpened()) {
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

    /** The peer does not know CCP. */
    void protocolRejected(long nowNanos) {
        if (!isUsed) {
            return;
        }
        if (encryption.forbidsClearText()) {
            fail("MPPE is required and the peer rejects CCP");
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
    boolean drain() {
        boolean settled = false;
        for (LayerAction action = protocol.pollAction();
                action != null;
                action = protocol.pollAction()) {
            switch (action) {
                case LayerAction.Send(ControlPacket packet) -> send(packet);
                case LayerAction.Up _ -> settled |= onUp();
                case LayerAction.Down _ -> encryption.suspend();
                case LayerAction.Finished _ -> settled |= onFinished();
                case LayerAction.Unacceptable(String reason) -> onUnacceptable(reason);
            }
        }
        return settled;
    }

    private boolean onUp() {
        if (options.isOneSided()) {
            fail("MPPE in one direction only: " + options.describe());
            return false;
        }
        Optional<MppeStrength> agreed = options.agreed();
        if (agreed.isPresent()) {
            encryption.begin(agreed.get());
        } else if (encryption.forbidsClearText()) {
            fail("CCP opened without MPPE: " + options.describe());
            return false;
        }
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
        if (obstacle.isEmpty()) {
            obstacle = Optional.of(new LinkEnd(Cause.ENCRYPTION_FAILED, detail));
        }
    }
}
