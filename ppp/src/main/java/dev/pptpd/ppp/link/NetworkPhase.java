package dev.pptpd.ppp.link;

import dev.pptpd.mppe.MppeStrength;
import dev.pptpd.ppp.ccp.CcpOptions;
import dev.pptpd.ppp.ccp.MppePolicy;
import dev.pptpd.ppp.frame.PppProtocol;
import dev.pptpd.ppp.fsm.ControlProtocol;
import dev.pptpd.ppp.fsm.Identifiers;
import dev.pptpd.ppp.fsm.LayerAction;
import dev.pptpd.ppp.ipcp.AddressNegotiation;
import dev.pptpd.ppp.ipcp.Ipv4Assignment;
import dev.pptpd.ppp.link.LinkEnd.Cause;
import dev.pptpd.ppp.packet.Code;
import dev.pptpd.ppp.packet.ControlPacket;
import java.util.Optional;

/**
 * CCP and IPCP after the login, and when IP may flow.
 *
 * <p>Where MPPE is only allowed, a server leaves it to the peer to begin with CCP, and a client
 * offers it itself; a server that does not want it says so and the link goes on without.
 *
 * <p>The peer's IPCP requests are answered at once. Our own is held back until CCP is settled or
 * the peer's has come: pppd answers one that comes too early with Terminate-Ack and then waits for
 * its timer, and Windows does not wait for CCP itself.
 */
final class NetworkPhase {
    private final Encryption encryption;
    private final boolean isClient;
    private final AddressNegotiation addresses;
    private final Outbox outbox;
    private final int peerMruBytes;
    private final boolean usesCcp;
    private final CcpOptions ccpOptions;
    private final ControlProtocol ccp;
    private final ControlProtocol ipcp;
    private Optional<LinkEnd> obstacle = Optional.empty();
    private boolean up;

    NetworkPhase(
            LinkConfiguration configuration,
            Encryption encryption,
            AddressNegotiation addresses,
            Identifiers identifiers,
            Outbox outbox,
            int peerMruBytes) {
        this.encryption = encryption;
        this.isClient = configuration.role() instanceof LinkRole.Client;
        this.addresses = addresses;
        this.outbox = outbox;
        this.peerMruBytes = peerMruBytes;
        this.usesCcp = encryption.policy() != MppePolicy.DENY;
        this.ccpOptions = new CcpOptions(configuration.mppe());
        this.ccp = new ControlProtocol(ccpOptions, configuration.ccpTimer(), identifiers);
        this.ipcp = new ControlProtocol(addresses, configuration.ipcpTimer(), identifiers);
    }

    void start(long nowNanos) {
        if (encryption.lacksKeys()) {
            fail(Cause.ENCRYPTION_FAILED, "MPPE is required and its keys come from a login only");
            return;
        }
        ipcp.open(nowNanos);
        switch (encryption.policy()) {
            case REQUIRE -> beginWithCcp(nowNanos);
            case ALLOW -> {
                if (isClient) {
                    beginWithCcp(nowNanos);
                } else {
                    ccp.open(nowNanos);
                    ccp.awaitPeer();
                    ipcp.up(nowNanos);
                }
            }
            case DENY -> ipcp.up(nowNanos);
        }
        drain(nowNanos);
    }

    private void beginWithCcp(long nowNanos) {
        ipcp.awaitPeer();
        ccp.open(nowNanos);
        ccp.up(nowNanos);
    }

    /** Whether IP flows. */
    boolean isUp() {
        return up;
    }

    /** Why the link must end; empty while it need not. */
    Optional<LinkEnd> obstacle() {
        return obstacle;
    }

    long nextDeadlineNanos() {
        return Math.min(ccp.nextDeadlineNanos(), ipcp.nextDeadlineNanos());
    }

    void onTimeout(long nowNanos) {
        ccp.onTimeout(nowNanos);
        ipcp.onTimeout(nowNanos);
        drain(nowNanos);
    }

    /** Takes a packet of CCP or IPCP; false when the protocol is neither, or CCP is not used. */
    boolean receive(int protocol, ControlPacket packet, long nowNanos) {
        switch (protocol) {
            case PppProtocol.CCP -> {
                if (!usesCcp) {
                    return false;
                }
                receiveCcp(packet, nowNanos);
            }
            case PppProtocol.IPCP -> {
                if (!ipcp.receive(packet, nowNanos)) {
                    ipcp.rejectCode(packet, nowNanos);
                }
            }
            default -> {
                return false;
            }
        }
        drain(nowNanos);
        return true;
    }

    /**
     * In stateless mode every packet stands alone, and neither Reset-Request nor Reset-Ack changes
     * a key. But Linux asks after any packet that it could not decrypt, such as one that came late,
     * and decrypts no other before it is answered.
     *
     * @spec https://www.rfc-editor.org/rfc/rfc1962#section-4 RFC 1962 section 4
     */
    private void receiveCcp(ControlPacket packet, long nowNanos) {
        switch (packet.code()) {
            case Code.RESET_REQUEST -> {
                if (ccp.isOpened()) {
                    var answer =
                            new ControlPacket(Code.RESET_ACK, packet.identifier(), new byte[0]);
                    outbox.send(PppProtocol.CCP, answer, peerMruBytes);
                }
            }
            case Code.RESET_ACK -> {}
            default -> {
                if (!ccp.receive(packet, nowNanos)) {
                    ccp.rejectCode(packet, nowNanos);
                }
            }
        }
    }

    /** The peer does not know this protocol. */
    void protocolRejected(int protocol, long nowNanos) {
        if (protocol == PppProtocol.IPCP) {
            failAddresses("the peer rejects IPCP");
        } else if (protocol == PppProtocol.CCP && usesCcp) {
            if (encryption.forbidsClearText()) {
                fail(Cause.ENCRYPTION_FAILED, "MPPE is required and the peer rejects CCP");
            } else {
                ccp.protocolRejected(nowNanos);
            }
        }
        drain(nowNanos);
    }

    /** The link leaves this phase. */
    void stop(long nowNanos) {
        ccp.down(nowNanos);
        ipcp.down(nowNanos);
        drain(nowNanos);
        encryption.suspend();
    }

    private void drain(long nowNanos) {
        for (LayerAction action = ccp.pollAction(); action != null; action = ccp.pollAction()) {
            switch (action) {
                case LayerAction.Send(ControlPacket packet) ->
                        outbox.send(PppProtocol.CCP, packet, peerMruBytes);
                case LayerAction.Up _ -> onCcpUp(nowNanos);
                case LayerAction.Down _ -> encryption.suspend();
                case LayerAction.Finished _ -> onCcpFinished(nowNanos);
                case LayerAction.Unacceptable(String reason) -> onCcpUnacceptable(reason);
            }
        }
        for (LayerAction action = ipcp.pollAction(); action != null; action = ipcp.pollAction()) {
            switch (action) {
                case LayerAction.Send(ControlPacket packet) ->
                        outbox.send(PppProtocol.IPCP, packet, peerMruBytes);
                case LayerAction.Up _ -> addresses.obstacle().ifPresent(this::failAddresses);
                case LayerAction.Down _ -> {}
                case LayerAction.Finished _ -> failAddresses("IPCP ended without an address");
                case LayerAction.Unacceptable(String reason) -> failAddresses("IPCP: " + reason);
            }
        }
        announce();
    }

    private void onCcpUp(long nowNanos) {
        Optional<MppeStrength> agreed = ccpOptions.agreed();
        if (ccpOptions.isOneSided()) {
            fail(Cause.ENCRYPTION_FAILED, "MPPE in one direction only: " + ccpOptions.describe());
            return;
        }
        if (agreed.isPresent()) {
            encryption.begin(agreed.get());
        } else if (encryption.forbidsClearText()) {
            fail(Cause.ENCRYPTION_FAILED, "CCP opened without MPPE: " + ccpOptions.describe());
            return;
        }
        ipcp.stopWaiting(nowNanos);
    }

    private void onCcpFinished(long nowNanos) {
        if (encryption.forbidsClearText()) {
            fail(Cause.ENCRYPTION_FAILED, "MPPE is required: " + ccpOptions.describe());
        } else {
            ipcp.stopWaiting(nowNanos);
        }
    }

    private void onCcpUnacceptable(String reason) {
        if (encryption.forbidsClearText()) {
            fail(Cause.ENCRYPTION_FAILED, reason + ": " + ccpOptions.describe());
        }
    }

    /** To a client it is the address that is missing, whatever happened to IPCP. */
    private void failAddresses(String detail) {
        fail(isClient ? Cause.ADDRESS_FAILED : Cause.NEGOTIATION_FAILED, detail);
    }

    private void fail(Cause cause, String detail) {
        if (obstacle.isEmpty()) {
            obstacle = Optional.of(new LinkEnd(cause, detail));
        }
    }

    /** While the peer negotiates MPPE it is not to be sent anything in clear, even if it might. */
    private boolean clearTextIsFine() {
        return !encryption.forbidsClearText() && !ccp.isNegotiating();
    }

    /** Says once that IP flows, and once that it no longer does. */
    private void announce() {
        Optional<Ipv4Assignment> assignment = addresses.assignment();
        boolean flows =
                ipcp.isOpened()
                        && assignment.isPresent()
                        && (encryption.isActive() || clearTextIsFine());
        if (flows && !up) {
            Optional<MppeStrength> strength =
                    encryption.isActive() ? ccpOptions.agreed() : Optional.empty();
            outbox.add(new LinkAction.NetworkUp(assignment.get(), strength));
        } else if (!flows && up) {
            outbox.add(new LinkAction.NetworkDown());
        }
        up = flows;
    }
}
